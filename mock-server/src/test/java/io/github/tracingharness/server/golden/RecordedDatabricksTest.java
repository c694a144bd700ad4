package io.github.tracingharness.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tracingharness.server.DatabricksProfile;
import io.github.tracingharness.server.DatabricksProfile.UploadCredentials;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the Python client sent to a Databricks workspace, played to the fake below a path prefix:
 * each request is answered as it was recorded, and every trace is complete at the end.
 */
class RecordedDatabricksTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String EXPERIMENT = "123";
  private static final String EXPERIMENT_NAME = "/Shared/exp";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> NOT_REPLAYED =
      Set.of("host", "connection", "content-length", "accept-encoding");

  /** Their recorded traces by file: how many, and how many spans and prompts they have. */
  private static final Map<String, List<Integer>> STORED = Map.ofEntries(
      Map.entry("uc_async_12", List.of(1, 12, 0)),
      Map.entry("uc_async_interval", List.of(1, 2, 0)),
      Map.entry("uc_batch0", List.of(1, 3, 0)),
      Map.entry("uc_env_destination", List.of(1, 1, 0)),
      Map.entry("uc_locations", List.of(5, 5, 0)),
      Map.entry("uc_nosdk", List.of(1, 2, 0)),
      Map.entry("uc_prefix", List.of(1, 1, 0)),
      Map.entry("uc_prompts", List.of(1, 2, 30)),
      Map.entry("uc_sync", List.of(1, 2, 0)),
      Map.entry("uc_workspace_id", List.of(1, 2, 0)),
      Map.entry("v3_azure", List.of(1, 2, 0)),
      Map.entry("v3_seed_async", List.of(1, 2, 0)),
      Map.entry("v3_seed_sync", List.of(1, 2, 0)),
      Map.entry("v3_seed_sync_nosdk", List.of(1, 2, 0)));

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static FakeTrackingServer server;

  /** The signed address that the fake gave last. */
  private String signedUri = "";

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  static Stream<Path> recordings() throws Exception {
    Path folder =
        Path.of(RecordedDatabricksTest.class.getResource("/databricks").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void recordedClient_replayed_isAnsweredAsRecordedAndStoredCompletely(Path file) throws Exception {
    String name = file.getFileName().toString().replace(".jsonl", "");
    try (TrackingSpace space = server.newSpace()) {
      space.profile(ServerProfile.standard().withDatabricks(workspace(name)));
      for (int i = 1; i < Integer.parseInt(EXPERIMENT); i++) {
        space.createExperiment("experiment " + i);
      }
      assertThat(space.createExperiment(EXPERIMENT_NAME)).isEqualTo(EXPERIMENT);

      for (String line : Files.readAllLines(file)) {
        replay(MAPPER.readTree(line), space.trackingUri().toString());
      }

      List<StoredTrace> traces = space.awaitTraces(STORED.get(name).get(0), DEADLINE);
      assertThat(space.failures()).isEmpty();
      assertThat(List.of(
              traces.size(),
              traces.stream().mapToInt(trace -> trace.spans().size()).sum(),
              traces.stream().mapToInt(trace -> trace.prompts().size()).sum()))
          .isEqualTo(STORED.get(name));
      assertThat(traces).allSatisfy(trace -> {
        assertThat(trace.root()).map(StoredSpan::statusCode).contains("OK");
        assertThat(trace.tags()).containsKey("mlflow.traceName");
      });
    }
  }

  private static DatabricksProfile workspace(String recording) {
    DatabricksProfile standard = DatabricksProfile.standard();
    return (recording.contains("workspace_id") ? standard.withWorkspaceId("1234567890") : standard)
        .withUploadCredentials(
            recording.contains("azure")
                ? UploadCredentials.AZURE_SAS_URI
                : UploadCredentials.AWS_PRESIGNED_URL);
  }

  private void replay(JsonNode recorded, String base) throws Exception {
    String path = recorded.path("path").textValue();
    String query = recorded.path("query").textValue();
    boolean signed = path.startsWith("/presigned/") || path.startsWith("/azure/");
    URI target = URI.create(signed ? signedUri + extra(query) : base + path + question(query));
    HttpRequest.Builder request = HttpRequest.newBuilder(target)
        .timeout(DEADLINE)
        .method(
            recorded.path("method").textValue(),
            HttpRequest.BodyPublishers.ofByteArray(body(recorded)));
    for (Map.Entry<String, JsonNode> header : recorded.path("headers").properties()) {
      if (!NOT_REPLAYED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        request.header(header.getKey(), header.getValue().textValue());
      }
    }

    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());

    String what = recorded.path("method").textValue() + " " + path;
    assertThat(answer.statusCode())
        .as(what + ": " + answer.body())
        .isEqualTo(recorded.path("status").intValue());
    String expected = recorded.path("response").asText();
    if (!signed && !expected.isEmpty()) {
      String host = "http://" + recorded.path("headers").path("Host").textValue();
      List<String> differences = new ArrayList<>();
      compare("", MAPPER.readTree(expected.replace(host, base)), json(answer), differences);
      assertThat(differences).as(what).isEmpty();
      signedUri = json(answer).path("credential_info").path("signed_uri").asText(signedUri);
    }
  }

  /** What Azure's clients add to a signed address. */
  private static String extra(String query) {
    int operation = query.indexOf("&comp=");
    return operation < 0 ? "" : query.substring(operation);
  }

  private static String question(String query) {
    return query.isEmpty() ? "" : "?" + query;
  }

  private static byte[] body(JsonNode recorded) {
    return recorded.has("body_b64")
        ? Base64.getDecoder().decode(recorded.path("body_b64").textValue())
        : recorded.path("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return MAPPER.readTree(answer.body());
  }

  /**
   * Everything recorded must be there; maps of tags and metadata must be the same. The fake may say
   * more elsewhere, and its signatures are its own.
   */
  private static void compare(
      String path, JsonNode expected, JsonNode actual, List<String> differences) {
    if (path.endsWith("/signed_uri")) {
      return;
    }
    if (expected.isObject()) {
      boolean map = path.endsWith("/tags") || path.endsWith("/trace_metadata");
      if (map && expected.size() != actual.size()) {
        differences.add(path + " is " + actual + " instead of " + expected);
      }
      expected
          .properties()
          .forEach(member -> compare(
              path + "/" + member.getKey(),
              member.getValue(),
              actual.path(member.getKey()),
              differences));
    } else if (expected.isArray()) {
      if (expected.size() != actual.size()) {
        differences.add(path + " is " + actual + " instead of " + expected);
        return;
      }
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "/" + i, expected.get(i), actual.path(i), differences);
      }
    } else if (!expected.equals(actual)) {
      differences.add(path + " is " + actual + " instead of " + expected);
    }
  }
}
