package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.tracingharness.core.testing.Certificates;
import io.github.tracingharness.core.testing.ProxyDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsAndProxyTest {

  @TempDir
  private static Path folder;

  private static Certificates ofServer;
  private static Certificates ofClient;
  private static HttpsServer open;
  private static HttpsServer strict;
  private static Path authorities;
  private static Path client;

  @BeforeAll
  static void startServers() throws Exception {
    ofServer = Certificates.make(folder, "server", "EC", "dns:localhost,dns:mlflow.test");
    ofClient = Certificates.make(folder, "client", "RSA", "dns:client");
    open = server(false);
    strict = server(true);
    authorities = Files.writeString(
        folder.resolve("authorities.pem"),
        "# bundle\n" + ofClient.certificatePem() + ofServer.certificatePem());
    client = Files.writeString(
        folder.resolve("client.pem"), ofClient.keyPem() + ofClient.certificatePem());
  }

  @AfterAll
  static void stopServers() {
    open.stop(0);
    strict.stop(0);
  }

  private static HttpsServer server(boolean wantsCertificate) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    SSLContext context = ofServer.context(ofClient);
    server.setHttpsConfigurator(new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters chosen = context.getDefaultSSLParameters();
        chosen.setNeedClientAuth(wantsCertificate);
        parameters.setSSLParameters(chosen);
      }
    });
    server.createContext("/version", exchange -> {
      byte[] body = "3.17.2".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    return server;
  }

  @Test
  void privateAuthority_isTrustedFromItsFileOnly() throws Exception {
    String uri = "https://localhost:" + open.getAddress().getPort();

    assertThat(version(uri, tls(TlsSettings.of(false, Optional.of(authorities), Optional.empty()))))
        .isEqualTo("3.17.2");
    assertThatThrownBy(() -> version(uri, tls(TlsSettings.DEFAULT)))
        .hasMessageContaining("PKIX path building failed");
  }

  @Test
  void wrongHostName_isRefusedUnlessNothingIsChecked() throws Exception {
    String uri = "https://127.0.0.1:" + open.getAddress().getPort();

    assertThatThrownBy(() ->
            version(uri, tls(TlsSettings.of(false, Optional.of(authorities), Optional.empty()))))
        .hasMessageContaining("subject alternative names");
    assertThat(version(uri, tls(TlsSettings.of(true, Optional.empty(), Optional.empty()))))
        .isEqualTo("3.17.2");
  }

  @Test
  void clientCertificate_isShownToAServerThatWantsOne() throws Exception {
    String uri = "https://localhost:" + strict.getAddress().getPort();

    assertThat(
            version(uri, tls(TlsSettings.of(false, Optional.of(authorities), Optional.of(client)))))
        .isEqualTo("3.17.2");
    assertThatThrownBy(() ->
            version(uri, tls(TlsSettings.of(false, Optional.of(authorities), Optional.empty()))))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void files_thatCannotServe_areNamedWithTheReason() throws Exception {
    Path old =
        file("old.pem", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----");
    Path locked = file(
        "locked.pem",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
    Path garbage = file("g.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    Path wrongKey = file("w.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    Path keyless = file("keyless.pem", ofClient.certificatePem());
    Path empty = file("empty.pem", "nothing");

    assertThatThrownBy(() -> client(old))
        .hasMessage(old + " holds a private key in the form PKCS#1; Java needs PKCS#8: openssl"
            + " pkcs8 -topk8 -nocrypt");
    assertThatThrownBy(() -> client(locked)).hasMessageContaining("holds an encrypted private key");
    assertThatThrownBy(() -> client(garbage))
        .hasMessage(garbage + " holds a certificate that cannot be read");
    assertThatThrownBy(() -> client(wrongKey))
        .hasMessageStartingWith(wrongKey + " holds a private key of none of the algorithms");
    assertThatThrownBy(() -> client(keyless))
        .hasMessage(keyless + " must hold a certificate and its private key (PKCS#8) in PEM form"
            + " but holds 1 certificates and 0 such keys");
    assertThatThrownBy(() -> TlsSettings.of(false, Optional.of(empty), Optional.empty()))
        .hasMessage(empty + " holds no certificate in PEM form");
    assertThatThrownBy(() -> client(folder.resolve("none.pem")))
        .hasMessageContaining("none.pem cannot be read");
  }

  @Test
  void proxy_withLogin_takesPlainRequests() throws Exception {
    try (TrackingServerDouble server = new TrackingServerDouble();
        ProxyDouble proxy = new ProxyDouble(URI.create(server.uri()).getPort(), login())) {
      ConnectionSettings settings = proxies(proxy, "user:p%40ss@", "");

      assertThat(version("http://mlflow.test", settings)).isEqualTo("3.17.2");

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("GET http://mlflow.test/version HTTP/1.1\r\n");
      assertThat(settings.toString()).contains("***@127.0.0.1").doesNotContain("ss", "user:");
    }
  }

  @Test
  void proxy_tunnel_reachesTheServerBehindIt() throws Exception {
    try (ProxyDouble proxy = new ProxyDouble(open.getAddress().getPort(), "")) {
      ConnectionSettings settings = new ConnectionSettings(
          TlsSettings.of(false, Optional.of(authorities), Optional.empty()),
          proxies(proxy, "", "").proxies());

      assertThat(version("https://mlflow.test", settings)).isEqualTo("3.17.2");

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT mlflow.test:443 HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("authorization");
    }
  }

  /** The JDK listens to the property that allows it before its first client only. */
  @Test
  void proxy_tunnelWithLogin_worksInAJvmOfItsOwn() throws Exception {
    try (ProxyDouble proxy = new ProxyDouble(open.getAddress().getPort(), login())) {
      String said = jvm(Tunnel.class, Integer.toString(proxy.port()), authorities.toString());

      assertThat(said).contains("the server says 3.17.2").doesNotContain("p@ss");
    }
  }

  @Test
  void trustOfTheJvm_thatCannotBeRead_isNotNeededForPlainHttp(@TempDir Path directory)
      throws Exception {
    Path broken = Files.writeString(directory.resolve("trust.p12"), "no store");
    try (TrackingServerDouble server = new TrackingServerDouble()) {
      String said = jvm(BrokenTrust.class, server.uri(), broken.toString());

      assertThat(said).contains("the server says 3.17.2").contains("no HTTP client can be made");
    }
  }

  /** Runs a program and returns what it says. */
  private static String jvm(Class<?> program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        program.getName()));
    command.addAll(List.of(arguments));
    Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** The JVM reads its trust once, so this is a program. */
  static final class BrokenTrust {

    private BrokenTrust() {}

    public static void main(String[] arguments) throws Exception {
      System.setProperty("javax.net.ssl.trustStore", arguments[1]);
      System.out.println("the server says " + version(arguments[0], ConnectionSettings.DEFAULT));
      try {
        version("https://127.0.0.1:1", ConnectionSettings.DEFAULT);
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** The program of that JVM. */
  static final class Tunnel {

    private Tunnel() {}

    public static void main(String[] arguments) throws Exception {
      URI proxy = URI.create("http://user:p%40ss@127.0.0.1:" + arguments[0]);
      ConnectionSettings settings = new ConnectionSettings(
          TlsSettings.of(false, Optional.of(Path.of(arguments[1])), Optional.empty()),
          Proxies.of(Optional.empty(), Optional.of(proxy), ""));
      System.out.println("the server says " + version("https://mlflow.test", settings));
    }
  }

  @Test
  void proxy_wrongLogin_isSaidSo() throws Exception {
    try (TrackingServerDouble server = new TrackingServerDouble();
        ProxyDouble proxy = new ProxyDouble(URI.create(server.uri()).getPort(), login())) {
      try (JdkHttpTransport transport = new JdkHttpTransport(proxies(proxy, "user:wrong@", ""))) {
        assertThat(transport.send(call("http://mlflow.test")).status()).isEqualTo(407);
      }
      assertThat(server.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5000",
        "http://127.0.0.1",
        "http://127.1.2.3/x",
        "http://[::1]:1",
        "http://a.example.com",
        "http://example.com",
        "http://b.dotted.org",
        "http://10.1.2.3",
        "http://one:8080",
        "http://192.168.0.1",
        "http://STAR.example.net"
      })
  void exceptions_areReachedWithoutProxy(String uri) {
    assertThat(someProxies().of(URI.create(uri))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://badexample.com",
        "http://11.1.2.3",
        "http://one:9090",
        "http://192.168.0.2",
        "http://mlflow.test"
      })
  void others_areReachedThroughTheProxy(String uri) {
    assertThat(someProxies().of(URI.create(uri))).isPresent();
    assertThat(someProxies().of(URI.create(uri.replace("http:", "https:")))).isEmpty();
  }

  @Test
  void exceptions_star_isAllHosts() {
    Proxies all = Proxies.of(Optional.of(URI.create("http://p")), Optional.empty(), "*");

    assertThat(all.of(URI.create("http://mlflow.test"))).isEmpty();
  }

  private static Proxies someProxies() {
    return Proxies.of(
        Optional.of(URI.create("http://p:3128")),
        Optional.empty(),
        "example.com, .dotted.org,10.0.0.0/8,one:8080 192.168.0.1,*.example.net");
  }

  private static TlsSettings client(Path file) {
    return TlsSettings.of(false, Optional.empty(), Optional.of(file));
  }

  private static Path file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String login() {
    return "Basic " + Credentials.encoded("user", "p@ss");
  }

  private static ConnectionSettings proxies(ProxyDouble proxy, String user, String exceptions) {
    Optional<URI> uri = Optional.of(URI.create("http://" + user + "127.0.0.1:" + proxy.port()));
    return new ConnectionSettings(TlsSettings.DEFAULT, Proxies.of(uri, uri, exceptions));
  }

  private static ConnectionSettings tls(TlsSettings tls) {
    return new ConnectionSettings(tls, Proxies.none());
  }

  private static String version(String base, ConnectionSettings settings) throws Exception {
    try (JdkHttpTransport transport = new JdkHttpTransport(settings)) {
      return new String(transport.send(call(base)).body(), StandardCharsets.US_ASCII);
    }
  }

  private static HttpCall call(String base) {
    return new HttpCall(
        "GET", URI.create(base + "/version"), List.of(), new byte[0], Duration.ofSeconds(30));
  }
}
