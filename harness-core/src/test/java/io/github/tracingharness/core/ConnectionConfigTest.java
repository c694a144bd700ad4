package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.ProxyDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionConfigTest {

  @TempDir
  private Path home;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void setHome() {
    environment.put("HOME", home.toString());
    environment.put("MLFLOW_TRACKING_URI", "http://mlflow.test");
  }

  @Test
  void tls_insecureAndAuthorities_excludeEachOther() {
    environment.put("MLFLOW_TRACKING_INSECURE_TLS", "true");
    environment.put("MLFLOW_TRACKING_SERVER_CERT_PATH", "/ca.pem");

    assertThatThrownBy(this::build)
        .hasMessage("MLFLOW_TRACKING_INSECURE_TLS is true and MLFLOW_TRACKING_SERVER_CERT_PATH is"
            + " \"/ca.pem\" but only one of the two may be set.");
  }

  @ParameterizedTest
  @CsvSource({"MLFLOW_TRACKING_SERVER_CERT_PATH", "MLFLOW_TRACKING_CLIENT_CERT_PATH"})
  void tls_missingFile_isNamed(String name) {
    environment.put(name, "~/none.pem");

    assertThatThrownBy(this::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            name + " is wrong: " + home.resolve("none.pem") + " cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PROXY|socks5://u:s3cret@p:1|HTTP_PROXY is \"socks5://...@p:1\" but must be an http:// URL of a proxy.",
        "https_proxy|https://p:1|https_proxy is \"https://p:1\" but must be an http:// URL of a proxy.",
        "HTTPS_PROXY|u:s3 cret@p:1|HTTPS_PROXY is \"http://...@p:1\" but must be an http:// URL of a proxy."
      })
  void proxy_wrongUrl_isNamedWithoutPassword(String name, String value, String message) {
    environment.put(name, value);

    assertThatThrownBy(this::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @Test
  void trace_proxyOfEnvironment_isUsedWithItsLogin() {
    try (TrackingServerDouble server = new TrackingServerDouble();
        ProxyDouble proxy =
            new ProxyDouble(URI.create(server.uri()).getPort(), "Basic dTpzM2NyZXQ=");
        LogCapture log = new LogCapture()) {
      environment.put("http_proxy", "u:s3cret@127.0.0.1:" + proxy.port());
      environment.put("HTTP_PROXY", "http://127.0.0.1:1");
      environment.put("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false");
      try (MlflowTracing tracing =
          MlflowTracing.builder().environment(environment).build()) {
        tracing.tracer().trace("root", () -> {});

        assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      }
      assertThat(server.endpoints()).contains(TrackingServerDouble.START_TRACE);
      assertThat(proxy.heads()).hasSameSizeAs(server.calls());
      assertThat(log.text()).doesNotContain("s3cret");
    }
  }

  @Test
  void trace_proxyOfSystemProperties_winsOverEnvironment() {
    try (TrackingServerDouble server = new TrackingServerDouble();
        ProxyDouble proxy = new ProxyDouble(URI.create(server.uri()).getPort(), "")) {
      environment.put("HTTP_PROXY", "http://127.0.0.1:1");
      environment.put("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false");
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
      try (MlflowTracing tracing =
          MlflowTracing.builder().environment(environment).build()) {
        tracing.tracer().trace("root", () -> {});

        assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      } finally {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
      }
      assertThat(proxy.heads()).isNotEmpty();
    }
  }

  @Test
  void credentials_fileOfHome_countsWhereNothingIsSet() throws IOException {
    credentials("[mlflow]\nmlflow_tracking_username = me\nMLFLOW_TRACKING_PASSWORD = 100%%\n");
    assertThat(sentAuthorization()).isEqualTo("Basic bWU6MTAwJQ==");

    environment.put("MLFLOW_TRACKING_USERNAME", "other");
    assertThat(sentAuthorization()).isEqualTo("Basic b3RoZXI6MTAwJQ==");

    environment.put("MLFLOW_TRACKING_TOKEN", "token");
    assertThat(sentAuthorization()).isEqualTo("Bearer token");
  }

  @Test
  void credentials_defaultsOfTheFile_countInItsSectionOnly() throws IOException {
    credentials(
        "[DEFAULT]\nmlflow_tracking_password = p\n[mlflow]\nmlflow_tracking_username = u\n");
    assertThat(sentAuthorization()).isEqualTo("Basic dTpw");

    credentials("[DEFAULT]\nmlflow_tracking_password = p\nmlflow_tracking_username = u\n");
    assertThat(sentAuthorization()).isEmpty();
  }

  @Test
  void credentials_userWithoutPasswordOrReverse_isRefused() throws IOException {
    environment.put("MLFLOW_TRACKING_USERNAME", "u");
    assertThatThrownBy(this::build)
        .hasMessage("MLFLOW_TRACKING_USERNAME is set but MLFLOW_TRACKING_PASSWORD is not, nor is"
            + " it in " + home.resolve(".mlflow/credentials") + "; they must be set both or none.");
    environment.remove("MLFLOW_TRACKING_USERNAME");
    environment.remove("HOME");
    environment.put("MLFLOW_TRACKING_PASSWORD", "s3cret");
    assertThatThrownBy(this::build)
        .hasMessage("MLFLOW_TRACKING_PASSWORD is set but MLFLOW_TRACKING_USERNAME is not; they must"
            + " be set both or none.");
  }

  @Test
  void credentials_kindsOfPythonOnly_areRefused() {
    environment.put("MLFLOW_TRACKING_AUTH", "my-plugin");
    assertThatThrownBy(this::build)
        .hasMessage("MLFLOW_TRACKING_AUTH is \"my-plugin\" but must be unset, because it names a"
            + " plugin of Python; use MLFLOW_TRACKING_TOKEN.");
    environment.remove("MLFLOW_TRACKING_AUTH");
    environment.put("MLFLOW_TRACKING_AWS_SIGV4", "true");
    assertThatThrownBy(this::build)
        .hasMessage("MLFLOW_TRACKING_AWS_SIGV4 is \"true\" but must be false, because signatures"
            + " of AWS are not supported.");
    environment.put("MLFLOW_TRACKING_AWS_SIGV4", "false");
    build();
  }

  private void credentials(String content) throws IOException {
    Path file = home.resolve(".mlflow").resolve("credentials");
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String sentAuthorization() {
    try (TrackingServerDouble server = new TrackingServerDouble()) {
      try (MlflowTracing tracing = MlflowTracing.builder()
          .environment(environment)
          .trackingUri(server.uri())
          .asyncExport(false)
          .build()) {
        tracing.tracer().trace("root", () -> {});
      }
      return server.calls(TrackingServerDouble.START_TRACE).get(0).header("Authorization");
    }
  }

  private void build() {
    MlflowTracing.builder().environment(environment).build().close();
  }
}
