package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeCommandTest {

  @Test
  void serve_onAUsedPort_saysSoAndExitsWith2() throws Exception {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StringWriter errors = new StringWriter();
      int port = used.getLocalPort();

      int exit = new CommandLine(new ServeCommand())
          .setErr(new PrintWriter(errors, true))
          .execute("--port", Integer.toString(port));

      assertThat(exit).isEqualTo(2);
      assertThat(errors.toString())
          .startsWith("port "
              + port
              + " of 127.0.0.1 is in use or not allowed; choose another one, or 0 for a free one");
    }
  }

  @Test
  void serve_withAWrongPort_exitsWith2() {
    StringWriter errors = new StringWriter();

    int exit = new CommandLine(new ServeCommand())
        .setErr(new PrintWriter(errors, true))
        .execute("--port", "70000");

    assertThat(exit).isEqualTo(2);
    assertThat(errors.toString()).startsWith("--port must be from 0 to 65535, not 70000");
  }

  @Test
  void serve_untilInterrupted_announcesHowToPointClientsToIt() throws Exception {
    try (RunningServe serve = RunningServe.start()) {
      URI url = serve.url();
      assertThat(serve.printed())
          .contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=" + url + "/v1/traces");
      HttpResponse<String> version = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url + "/version")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(version.body()).isEqualTo("3.17.2");

      serve.stop();
    }
  }

  @Test
  void serve_asDatabricks_playsAWorkspace() throws Exception {
    try (RunningServe serve = RunningServe.start("--databricks")) {
      URI host = serve.announced("DATABRICKS_HOST=(http://127.0.0.1:[0-9]+)");
      HttpResponse<String> config = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(host + "/.well-known/databricks-config"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(config.body()).isEqualTo("{\"oidc_endpoint\":\"" + host + "/oidc\"}");

      serve.stop();
    }
  }
}
