package io.github.tracingharness.server.collector;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;

/** Writes certificates and keys as PEM files, keys in each of the forms that are in use. */
final class PemWriter {

  private static final String P256 = "1.2.840.10045.3.1.7";
  private static final int P256_BYTES = 32;

  private final Path directory;

  PemWriter(Path directory) {
    this.directory = directory;
  }

  Path certificate(String file, Identity identity) throws IOException, GeneralSecurityException {
    return write(file, "CERTIFICATE", identity.certificate().getEncoded());
  }

  Path pkcs8(String file, KeyPair keys) throws IOException {
    return write(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Writes the older form of an RSA key. */
  Path pkcs1(String file, KeyPair keys) throws IOException {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) keys.getPrivate();
    return write(
        file,
        "RSA PRIVATE KEY",
        Der.sequence(
            Der.integer(0),
            Der.integer(key.getModulus()),
            Der.integer(key.getPublicExponent()),
            Der.integer(key.getPrivateExponent()),
            Der.integer(key.getPrimeP()),
            Der.integer(key.getPrimeQ()),
            Der.integer(key.getPrimeExponentP()),
            Der.integer(key.getPrimeExponentQ()),
            Der.integer(key.getCrtCoefficient())));
  }

  /** Writes the older form of a key on the curve P-256. */
  Path sec1(String file, KeyPair keys) throws IOException {
    ECPrivateKey key = (ECPrivateKey) keys.getPrivate();
    byte[] encodedPublic = keys.getPublic().getEncoded();
    // The encoded public key ends with the point: a byte for its form and two coordinates.
    byte[] point = Arrays.copyOfRange(
        encodedPublic, encodedPublic.length - 1 - 2 * P256_BYTES, encodedPublic.length);
    return write(
        file,
        "EC PRIVATE KEY",
        Der.sequence(
            Der.integer(1),
            Der.octets(fixedLength(key.getS())),
            Der.explicit(0, Der.oid(P256)),
            Der.explicit(1, Der.bits(0, point))));
  }

  private static byte[] fixedLength(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[P256_BYTES];
    int length = Math.min(bytes.length, P256_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, P256_BYTES - length, length);
    return fixed;
  }

  private Path write(String file, String kind, byte[] der) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
