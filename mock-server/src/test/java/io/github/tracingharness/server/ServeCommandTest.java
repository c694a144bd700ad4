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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    CountDownLatch announced = new CountDownLatch(1);
    StringWriter out = new StringWriter() {
      @Override
      public void flush() {
        announced.countDown();
      }
    };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> exit = thread.submit(() ->
          new CommandLine(new ServeCommand()).setOut(new PrintWriter(out)).execute("--port", "0"));
      assertThat(announced.await(20, TimeUnit.SECONDS)).isTrue();
      Matcher uri =
          Pattern.compile("MLFLOW_TRACKING_URI=(http://127.0.0.1:[0-9]+)").matcher(out.toString());
      assertThat(uri.find()).isTrue();
      assertThat(out.toString())
          .contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=" + uri.group(1) + "/v1/traces");
      HttpResponse<String> version = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(uri.group(1) + "/version")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(version.body()).isEqualTo("3.17.2");

      thread.shutdownNow();

      assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void serve_asDatabricks_playsAWorkspace() throws Exception {
    CountDownLatch announced = new CountDownLatch(1);
    StringWriter out = new StringWriter() {
      @Override
      public void flush() {
        announced.countDown();
      }
    };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> exit = thread.submit(() -> new CommandLine(new ServeCommand())
          .setOut(new PrintWriter(out))
          .execute("--port", "0", "--databricks"));
      assertThat(announced.await(20, TimeUnit.SECONDS)).isTrue();
      Matcher uri =
          Pattern.compile("DATABRICKS_HOST=(http://127.0.0.1:[0-9]+)").matcher(out.toString());
      assertThat(uri.find()).isTrue();
      HttpResponse<String> config = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(uri.group(1) + "/.well-known/databricks-config"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(config.body()).isEqualTo("{\"oidc_endpoint\":\"" + uri.group(1) + "/oidc\"}");

      thread.shutdownNow();

      assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    } finally {
      thread.shutdownNow();
    }
  }
}
