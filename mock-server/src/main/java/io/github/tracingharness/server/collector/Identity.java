package io.github.tracingharness.server.collector;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key pair and its X.509 certificate, good for a day from an hour ago. The certificates have what
 * strict clients ask for: key usage, and identifiers of subject and issuer.
 */
record Identity(KeyPair keys, X509Certificate certificate) {

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY_ID = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int V3 = 2;

  /** An authority that signs itself. */
  static Identity authority(String name) throws GeneralSecurityException {
    KeyPair keys = ellipticKeys();
    byte[] mayBeCa = Der.sequence(Der.TRUE);
    byte[] signsCertificates = Der.bits(1, new byte[] {0x06});
    return issue(
        name,
        keys,
        name,
        keys,
        List.of(
            extension(BASIC_CONSTRAINTS, true, mayBeCa),
            extension(KEY_USAGE, true, signsCertificates),
            subjectKeyId(keys.getPublic())));
  }

  /** A server's certificate for DNS names and addresses. */
  Identity server(String name, List<String> dnsNames, List<String> addresses)
      throws GeneralSecurityException, UnknownHostException {
    List<byte[]> names = new ArrayList<>();
    for (String dns : dnsNames) {
      names.add(Der.implicit(DNS_NAME, dns.getBytes(StandardCharsets.US_ASCII)));
    }
    for (String address : addresses) {
      names.add(Der.implicit(IP_ADDRESS, InetAddress.getByName(address).getAddress()));
    }
    byte[] alternativeNames = Der.sequence(names.toArray(byte[][]::new));
    return leaf(name, ellipticKeys(), SERVER_AUTH, alternativeNames);
  }

  /** A client's certificate. */
  Identity client(String name, KeyPair clientKeys) throws GeneralSecurityException {
    return leaf(name, clientKeys, CLIENT_AUTH, null);
  }

  static KeyPair ellipticKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static KeyPair rsaKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private Identity leaf(
      String name, KeyPair leafKeys, String purpose, byte @Nullable [] alternativeNames)
      throws GeneralSecurityException {
    byte[] signs = Der.bits(7, new byte[] {(byte) 0x80});
    List<byte[]> extensions = new ArrayList<>(List.of(
        extension(BASIC_CONSTRAINTS, true, Der.sequence()),
        extension(KEY_USAGE, true, signs),
        extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(purpose))),
        subjectKeyId(leafKeys.getPublic()),
        extension(
            AUTHORITY_KEY_ID, false, Der.sequence(Der.implicit(0, keyId(keys.getPublic()))))));
    if (alternativeNames != null) {
      extensions.add(extension(ALTERNATIVE_NAMES, false, alternativeNames));
    }
    String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
    return issue(name, leafKeys, issuer, keys, extensions);
  }

  private static Identity issue(
      String subject, KeyPair keys, String issuer, KeyPair issuerKeys, List<byte[]> extensions)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] toBeSigned = Der.sequence(
        Der.explicit(0, Der.integer(V3)),
        Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
        algorithm,
        name(issuer),
        Der.sequence(
            Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(1)))),
        name(subject),
        keys.getPublic().getEncoded(),
        Der.explicit(3, Der.sequence(extensions.toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuerKeys.getPrivate());
    signature.update(toBeSigned);
    byte[] whole = Der.sequence(toBeSigned, algorithm, Der.bits(0, signature.sign()));
    return new Identity(keys, (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole)));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
  }

  private static byte[] subjectKeyId(PublicKey key) throws GeneralSecurityException {
    return extension(SUBJECT_KEY_ID, false, Der.octets(keyId(key)));
  }

  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.TRUE, Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }
}
