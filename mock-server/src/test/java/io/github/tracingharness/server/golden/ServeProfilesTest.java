package io.github.tracingharness.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.RunningServe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The special servers of the recordings, as the command's own options make them. */
class ServeProfilesTest {

  private interface Use {
    void of(URI server) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({"basic-auth,--basic-auth,admin:golden-admin-pw-1", "artifacts-only,--artifacts-only,"
  })
  void serve_withTheOptionOfAProfile_answersItsRecordings(
      String profile, String option, String value) throws Exception {
    Path folder =
        Path.of(ServeProfilesTest.class.getResource("/golden/" + profile).toURI());
    List<Path> scenarios;
    try (Stream<Path> files = Files.walk(folder)) {
      scenarios = files.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(scenarios).isNotEmpty();

    serving(value == null ? List.of(option) : List.of(option, value), server -> {
      for (Path file : scenarios) {
        GoldenScenario scenario = GoldenScenario.read(file);
        assertThat(scenario.differences(new GoldenClient(server)))
            .as(scenario.name())
            .isEmpty();
      }
    });
  }

  @Test
  void serve_withoutArtifacts_refusesFilesAndServesTheRest() throws Exception {
    String files = "/api/2.0/mlflow-artifacts/artifacts";
    serving(List.of("--no-serve-artifacts"), server -> {
      assertThat(send(server, "PUT", files + "/0/a.txt").statusCode()).isEqualTo(503);
      assertThat(send(server, "GET", files + "/0/a.txt").statusCode()).isEqualTo(503);
      assertThat(send(server, "GET", files + "?path=0").statusCode()).isEqualTo(503);
      assertThat(send(server, "DELETE", files + "/0/a.txt").statusCode()).isEqualTo(503);
      assertThat(send(server, "GET", files + "/0/a.txt").body())
          .isEqualTo("{\"detail\":\"Artifact serving is disabled. Run `mlflow server` with"
              + " `--serve-artifacts` to enable.\"}");
      HttpResponse<String> experiment =
          send(server, "GET", "/api/2.0/mlflow/experiments/get?experiment_id=0");
      assertThat(experiment.statusCode()).isEqualTo(200);
      assertThat(experiment.body()).contains("Default");
    });
  }

  private static HttpResponse<String> send(URI server, String method, String path)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void serving(List<String> options, Use use) throws Exception {
    try (RunningServe serve = RunningServe.start(options.toArray(String[]::new))) {
      use.of(serve.url());
      serve.stop();
    }
  }
}
