package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServeOptionsTest {

  static Stream<Arguments> wrongOptions() {
    return Stream.of(
        Arguments.of(
            List.of("--basic-auth", "ann"),
            "--basic-auth must be a user and a password with a colon between them"),
        Arguments.of(
            List.of("--no-serve-artifacts", "--artifacts-only"),
            "--no-serve-artifacts and --artifacts-only exclude each other"),
        Arguments.of(List.of("--latency", "-1"), "--latency must be from 0 to 3600000, not -1"),
        Arguments.of(
            List.of("--fault", "VERSION={\"steps\":[{\"status\":99}]}"),
            "--fault VERSION: steps[0].status must be a whole number from 200 to 599"),
        Arguments.of(
            List.of("--fault", "NIX={\"then\":{\"real\":true}}"),
            "--fault NIX: there is no endpoint NIX; there are [HEALTH, "),
        Arguments.of(List.of("--max-items", "0"), "maxItems must be from 1 to 100000000, not 0"),
        Arguments.of(List.of("--state", "no/such.json"), "--state: cannot read no/such.json: "),
        Arguments.of(
            List.of("--tls-keystore", "no/such.p12"),
            "--tls-keystore needs the password of no/such.p12 in the environment variable"
                + " HARNESS_TLS_PASSWORD"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void serve_withAWrongOption_saysWhatIsWrongAndExitsWith2(List<String> options, String message) {
    assertThat(RunningServe.refusal(options)).startsWith(message);
  }

  @Test
  void serve_withStateFaultsLatencyAndARecord_playsAllOfThem(@TempDir Path directory)
      throws Exception {
    Path state = directory.resolve("state.json");
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      server.rootSpace().createExperiment("prepared");
      Files.writeString(state, server.rootSpace().exportState());
    }
    Path record = directory.resolve("calls.jsonl");
    try (RunningServe serve = RunningServe.start(
        "--state",
        state.toString(),
        "--record",
        record.toString(),
        "--latency",
        "300",
        "--fault",
        "VERSION={\"steps\":[{\"status\":503}]}")) {
      URI base = serve.url();

      long begin = System.nanoTime();
      HttpResponse<String> experiment =
          get(base + "/api/2.0/mlflow/experiments/get-by-name?experiment_name=prepared");
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(experiment.statusCode()).isEqualTo(200);
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(300));
      assertThat(get(base + "/version").statusCode()).isEqualTo(503);
      assertThat(get(base + "/r/other/version").statusCode()).as("each space").isEqualTo(503);
      serve.stop();
      assertThat(Files.readAllLines(record))
          .anySatisfy(line -> assertThat(line)
              .contains("\"endpoint\":\"GET_EXPERIMENT_BY_NAME\"")
              .contains("\"status\":200"))
          .anySatisfy(line ->
              assertThat(line).contains("\"space\":\"/r/other\"").contains("\"status\":503"));
    }
  }

  @Test
  void server_withTlsKeys_speaksHttpsAndRecordsCalls(@TempDir Path directory) throws Exception {
    TlsKeys tls = TestKeys.makeIn(directory);

    try (FakeTrackingServer server = FakeTrackingServer.builder().tls(tls).start()) {
      HttpResponse<String> version = HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(TestKeys.trusting(tls))
          .build()
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "/version")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(server.url().getScheme()).isEqualTo("https");
      assertThat(version.body()).isEqualTo(ServerProfile.DEFAULT_VERSION);
      assertThat(server.rootSpace().calls(Endpoint.VERSION)).hasSize(1);
      assertThat(tls.toString()).doesNotContain(tls.password());
    }
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
