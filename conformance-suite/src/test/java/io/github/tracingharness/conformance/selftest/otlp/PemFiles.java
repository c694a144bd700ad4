package io.github.tracingharness.conformance.selftest.otlp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS from the PEM files of the settings; keys as PKCS#8, PKCS#1 (RSA) or SEC1 (P-256). */
final class PemFiles {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final char[] NO_PASSWORD = {};
  private static final byte[] RSA_ALGORITHM = hex("300d06092a864886f70d0101010500");
  private static final byte[] P256_ALGORITHM = hex("301306072a8648ce3d020106082a8648ce3d030107");

  private PemFiles() {}

  /** Returns a context for the settings, or empty if the machine's own will do. */
  static Optional<SSLContext> context(Settings settings, WireRules rules) {
    Optional<TrustManager> instead = rules.trust();
    if (settings.certificate().isEmpty()
        && settings.clientCertificate().isEmpty()
        && instead.isEmpty()) {
      return Optional.empty();
    }
    try {
      TrustManager[] trust = instead.isPresent()
          ? new TrustManager[] {instead.get()}
          : settings.certificate().isPresent() ? trust(settings.certificate().get()) : null;
      KeyManager[] keys = settings.clientCertificate().isPresent() ? keys(settings) : null;
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the PEM files cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Settings settings) throws IOException, GeneralSecurityException {
    Path certificate = settings.clientCertificate().orElseThrow();
    Path key = settings
        .clientKey()
        .orElseThrow(() -> new IllegalArgumentException("a client certificate needs its key"));
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client", key(key), NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
  private record Block(String kind, byte[] der) {}

  private static List<Block> blocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(file));
    while (block.find()) {
      blocks.add(new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
    }
    return blocks;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.kind().equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no certificate in PEM form");
    }
    return certificates;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    for (Block block : blocks(file)) {
      Optional<byte[]> pkcs8 = switch (block.kind()) {
        case "PRIVATE KEY" -> Optional.of(block.der());
        case "RSA PRIVATE KEY" -> Optional.of(wrapped(RSA_ALGORITHM, block.der()));
        case "EC PRIVATE KEY" -> Optional.of(wrapped(P256_ALGORITHM, block.der()));
        default -> Optional.empty();
      };
      if (pkcs8.isPresent()) {
        return pkcs8(pkcs8.get());
      }
    }
    throw new IllegalArgumentException(file + " holds no private key in PEM form");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (GeneralSecurityException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }

  /** PKCS#8 is the older form with the algorithm in front of it. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    byte[] version = {0x02, 0x01, 0x00};
    return tagged(0x30, version, algorithm, tagged(0x04, key));
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.size() >>> 8);
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
