package io.github.tracingharness.server.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final char[] NO_PASSWORD = {};

  @TempDir
  private static Path directory;

  private static TlsSetup setup;

  @BeforeAll
  static void generate() throws IOException {
    setup = TlsSetup.generate(directory.resolve("tls"));
  }

  @Test
  void clientThatTrustsTheAuthority_isServed() throws Exception {
    try (OtlpCollector collector = OtlpCollector.builder().tls(setup).start();
        RawClient client = connected(collector, "127.0.0.1", context(setup.caFile(), false))) {
      assertThat(collector.endpoint()).hasScheme("https");
      assertThat(client.post("a").answer()).contains("200 ");
      TlsSession tls = collector.awaitOver(1, PATIENCE).get(0).tls();
      assertThat(tls).isNotNull();
      assertThat(tls.protocol()).isEqualTo("TLSv1.3");
      assertThat(tls.clientCertificate()).isNull();
    }
  }

  @Test
  void clientThatTrustsAnotherAuthority_refusesTheServer() throws Exception {
    try (OtlpCollector collector = OtlpCollector.builder().tls(setup).start()) {
      SSLContext wrong = context(setup.wrongCaFile(), false);
      assertThatThrownBy(() -> connected(collector, "localhost", wrong))
          .isInstanceOf(SSLException.class);
      collector.awaitEvents(Kind.HANDSHAKE_FAILED, 1, PATIENCE);
      assertThat(collector.calls()).isEmpty();
    }
  }

  @Test
  void clientThatChecksTheHost_refusesACertificateForAnother() throws Exception {
    try (OtlpCollector collector =
        OtlpCollector.builder().tls(setup.forAnotherHost()).start()) {
      SSLContext right = context(setup.caFile(), false);
      assertThatThrownBy(() -> connected(collector, "localhost", right))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("localhost");
      try (RawClient client = connected(collector, "other.example", right)) {
        assertThat(client.post("a").answer()).contains("200 ");
      }
    }
  }

  @Test
  void demandedClientCertificate_isRecorded_andMissedWhenMissing() throws Exception {
    try (OtlpCollector collector =
        OtlpCollector.builder().tls(setup.demandingClientCertificate()).start()) {
      try (RawClient client = connected(collector, "localhost", context(setup.caFile(), true))) {
        assertThat(client.post("a").answer()).contains("200 ");
      }
      assertThat(collector.awaitOver(1, PATIENCE).get(0).tls())
          .extracting(TlsSession::clientCertificate)
          .isEqualTo("CN=Test client");

      SSLContext none = context(setup.caFile(), false);
      assertThatThrownBy(() -> {
            try (RawClient client = connected(collector, "localhost", none)) {
              client.post("a").answer();
            }
          })
          .isInstanceOf(IOException.class);
      collector.awaitEvents(Kind.HANDSHAKE_FAILED, 1, PATIENCE);
      assertThat(collector.calls()).hasSize(1);
    }
  }

  @Test
  void heldAnswer_overTls_goesOn_andIsGivenUp() throws Exception {
    HeldAnswer gate = Fault.hold();
    try (OtlpCollector collector = OtlpCollector.builder().tls(setup).start()) {
      collector.script(
          List.of(CollectorAnswer.delayed(Duration.ofMillis(50), CollectorAnswer.status(202))),
          CollectorAnswer.held(gate));
      try (RawClient client = connected(collector, "localhost", context(setup.caFile(), false))) {
        assertThat(client.post("a").answer()).contains("202 ");
        client.post("b");
        gate.awaitArrival(1, PATIENCE);
        gate.release(1);
        assertThat(client.answer()).contains("200 ");
        client.post("c");
        gate.awaitArrival(2, PATIENCE);
      }
      assertThat(collector.awaitOver(3, PATIENCE).get(2).gaveUpNanos()).isPositive();
    }
  }

  @Test
  void plainTextOnATlsPort_isRecorded() throws Exception {
    try (OtlpCollector collector = OtlpCollector.builder().tls(setup).start();
        RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\n\r\n");
      assertThat(collector.awaitEvents(Kind.PLAIN_ON_TLS_PORT, 1, PATIENCE))
          .extracting(CollectorEvent::connection)
          .containsExactly(client.port());
    }
  }

  @Test
  void olderKeyForms_holdTheSameKeys() throws Exception {
    byte[] pkcs8 = der(setup.clientKeyFile(), "PRIVATE KEY");
    byte[] pkcs1 = der(setup.clientKeyPkcs1File(), "RSA PRIVATE KEY");
    byte[] sec1 = der(setup.ecClientKeySec1File(), "EC PRIVATE KEY");

    assertThat(pkcs8).endsWith(pkcs1);
    byte[] wrapped = Der.sequence(
        Der.integer(0),
        Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid("1.2.840.10045.3.1.7")),
        Der.octets(sec1));
    PrivateKey elliptic =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(elliptic);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(certificate(setup.ecClientCertificateFile()));
    signature.update((byte) 1);
    assertThat(signature.verify(signed)).isTrue();
  }

  private static RawClient connected(OtlpCollector collector, String host, SSLContext context)
      throws IOException {
    Socket plain =
        new Socket(collector.address().getAddress(), collector.address().getPort());
    SSLSocket socket = (SSLSocket)
        context.getSocketFactory().createSocket(plain, host, collector.address().getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(RawClient.PATIENCE_MILLIS);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new RawClient(socket);
  }

  private static SSLContext context(Path authority, boolean withClientCertificate)
      throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, NO_PASSWORD);
    trusted.setCertificateEntry("authority", certificate(authority));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, NO_PASSWORD);
    if (withClientCertificate) {
      PrivateKey key = KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(der(setup.clientKeyFile(), "PRIVATE KEY")));
      own.setKeyEntry(
          "client", key, NO_PASSWORD, new Certificate[] {certificate(setup.clientCertificateFile())
          });
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static byte[] der(Path file, String kind) throws IOException {
    String pem = Files.readString(file);
    assertThat(pem).startsWith("-----BEGIN " + kind + "-----\n");
    String base64 = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    return Base64.getDecoder().decode(base64);
  }
}
