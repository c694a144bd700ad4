package io.github.tracingharness.core.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and private keys of a PEM file.
 *
 * @param file the file, for messages
 * @param certificates the certificates in their order
 * @param keys the private keys in their order
 */
record PemFile(Path file, List<Certificate> certificates, List<PrivateKey> keys) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final char[] NO_PASSWORD = {};

  PemFile {
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read; the message names the file and shows
   *     nothing of its content
   */
  static PemFile read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
    List<Certificate> certificates = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE" ->
          certificates.add(certificate(file, block.group(2)));
        case "PRIVATE KEY" -> keys.add(key(file, block.group(2)));
        case "ENCRYPTED PRIVATE KEY" ->
          throw new IllegalArgumentException(file
              + " holds an encrypted private key; Java needs it without a password: openssl pkcs8"
              + " -topk8 -nocrypt");
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
          throw new IllegalArgumentException(file + " holds a private key in the form "
              + (block.group(1).startsWith("RSA") ? "PKCS#1" : "\"" + block.group(1) + "\"")
              + "; Java needs PKCS#8: openssl pkcs8 -topk8 -nocrypt");
        default -> {
          // Parameters of curves and the like say nothing that is needed.
        }
      }
    }
    return new PemFile(file, certificates, keys);
  }

  /** Returns what trusts the certificates of this file and no others. */
  TrustManager[] trustManagers() throws GeneralSecurityException {
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no certificate in PEM form");
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Returns what shows the certificates of this file. */
  KeyManager[] keyManagers() throws GeneralSecurityException {
    if (certificates.isEmpty() || keys.size() != 1) {
      throw new IllegalArgumentException(file
          + " must hold a certificate and its private key (PKCS#8) in PEM form but holds "
          + certificates.size() + " certificates and " + keys.size() + " such keys");
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("client", keys.get(0), NO_PASSWORD, certificates.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    return store;
  }

  private static Certificate certificate(Path file, String base64) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(decoded(base64)));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " holds a certificate that cannot be read", e);
    }
  }

  private static PrivateKey key(Path file, String base64) {
    try {
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(base64));
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
          // The key is one of another algorithm.
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " holds a private key that cannot be read", e);
    }
    throw new IllegalArgumentException(
        file + " holds a private key of none of the algorithms " + ALGORITHMS);
  }

  private static byte[] decoded(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  /** Names the file; what is in it is left out. */
  @Override
  public String toString() {
    return file.toString();
  }
}
