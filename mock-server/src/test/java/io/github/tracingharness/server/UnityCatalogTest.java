package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.trace.TraceLocation;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnityCatalogTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final String TRACE = "trace:/main.chat/" + HEX;
  private static final String TABLE = "main.chat.mlflow_experiment_trace_otel_spans";
  private static final String INFO = "/api/4.0/mlflow/traces/main.chat/" + HEX + "/info";

  private static final String LINKS =
      "/api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces";
  private static final String LOCATIONS = "/api/5.0/mlflow/tracing/locations";
  private static final String LINK_LOCATION = "/api/5.0/mlflow/experiments/0/trace-location:link";
  private static final String PREFIX =
      "\"uc_table_prefix\": {\"catalog_name\": \"main\", \"schema_name\": \"chat\","
          + " \"table_prefix\": \"pfx\"}";

  private static FakeTrackingServer server;
  private TrackingSpace space;
  private TestClient client;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void newSpace() {
    space = server.newSpace();
    space.profile(ServerProfile.databricksWorkspace());
    client = new TestClient(space);
  }

  @Test
  void trace_infoAndSpans_isCompleteWithItsLocationAndTable() throws Exception {
    assertThat(sendSpan(TABLE, "00000000000000a1", "root").statusCode()).isEqualTo(200);
    assertThat(space.traces()).isEmpty();
    assertThat(client.post(INFO, info(2)).statusCode()).isEqualTo(200);
    assertThat(space.traces()).isEmpty();
    assertThat(space.trace(TRACE)).isPresent();

    sendSpan(TABLE, "00000000000000a2", "second");

    StoredTrace trace = space.awaitTraces(1, DEADLINE).get(0);
    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.location()).isEqualTo(new TraceLocation.UcSchema("main", "chat"));
    assertThat(trace.experimentId()).isEmpty();
    assertThat(trace.spansTable()).contains(TABLE);
    assertThat(trace.spansFrom()).isEqualTo(StoredTrace.SpansFrom.UNITY_CATALOG);
    assertThat(trace.spans()).extracting(StoredSpan::name).containsExactly("root", "second");
    assertThat(trace.state()).isEqualTo("OK");
    assertThat(trace.requestTime()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(trace.executionDuration()).contains(Duration.ofMillis(1500));
    assertThat(trace.tags()).containsEntry("a", "b").hasSize(1);
    assertThat(trace.requestPreview()).contains("hi");
    assertThat(space.calls())
        .extracting(RecordedCall::endpoint)
        .containsExactly(Endpoint.UC_SPANS, Endpoint.UC_TRACE_INFO, Endpoint.UC_SPANS);
  }

  @Test
  void exportedState_importedIntoAnotherSpace_hasTheTablesTracesAndLocations() throws Exception {
    sendSpan(TABLE, "00000000000000a1", "root");
    client.post(INFO, info(1));
    client.post(LOCATIONS, "{" + PREFIX + "}");
    try (TrackingSpace to = server.newSpace()) {
      to.profile(ServerProfile.databricksWorkspace());

      to.importState(space.exportState());

      assertThat(to.exportState()).isEqualTo(space.exportState()).contains("main.chat.pfx");
      assertThat(to.traces()).hasSize(1);
      assertThat(to.tableRows()).isEqualTo(space.tableRows()).hasSize(1);
      String broken = space.exportState().replace("\"" + TABLE + "\"", "\"nowhere\"");
      assertThatThrownBy(() -> to.importState(broken))
          .hasMessageContaining("must be the full name of a table");
      assertThat(to.traces()).as("nothing was changed").hasSize(1);
    }
  }

  @Test
  void info_stored_isAnsweredBareAndReadBack() throws Exception {
    HttpResponse<String> stored = client.post(INFO, info(1));

    assertThat(stored.body())
        .startsWith("{\"trace_id\":\"" + HEX + "\",\"trace_location\":{\"type\":\"UC_SCHEMA\","
            + "\"uc_schema\":{\"catalog_name\":\"main\",\"schema_name\":\"chat\",");
    HttpResponse<String> read = client.get(INFO);
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).isEqualTo("{\"trace\":{\"trace_info\":" + stored.body() + "}}");
  }

  @Test
  void spans_ofTwoTables_areKeptApart() throws Exception {
    String other = "main.other.mlflow_experiment_trace_otel_spans";
    client.post(INFO, info(1));

    sendSpan(other, "00000000000000a1", "stray");

    assertThat(space.traces()).isEmpty();
    assertThat(space.tableRows(other))
        .extracting(row -> row.span().name())
        .containsExactly("stray");
    assertThat(space.tableRows(TABLE)).isEmpty();
    assertThat(space.trace("trace:/main.other/" + HEX).orElseThrow().infoStarted())
        .isFalse();
    assertThatThrownBy(() -> space.awaitTraces(1, Duration.ofMillis(10)))
        .hasMessageContaining("incomplete: " + TRACE + ", info came, 0 span(s) stored")
        .hasMessageContaining(
            "incomplete: trace:/main.other/" + HEX + ", info missing, 1 span(s) stored");
  }

  @Test
  void span_sentTwice_isTwoRowsAndOneSpan() throws Exception {
    sendSpan(TABLE, "00000000000000a1", "root");
    sendSpan(TABLE, "00000000000000a1", "root");
    client.post(INFO, info(1));

    assertThat(space.tableRows()).hasSize(2);
    assertThat(space.traces().get(0).spans()).hasSize(1);
  }

  @Test
  void tablePrefix_withItsOwnTable_collectsTheSpansThere() throws Exception {
    String location = """
        {"type": "UC_TABLE_PREFIX", "uc_table_prefix": {"catalog_name": "main", "schema_name": "chat",
          "table_prefix": "pfx", "spans_table_name": "main.chat.special"}}""";
    sendSpan("main.chat.special", "00000000000000a1", "root");
    assertThat(client
            .post(INFO.replace("main.chat", "main.chat.pfx"), info(HEX, location, 1))
            .statusCode())
        .isEqualTo(200);

    StoredTrace trace = space.awaitTraces(1, DEADLINE).get(0);

    assertThat(trace.traceId()).isEqualTo("trace:/main.chat.pfx/" + HEX);
    assertThat(trace.spansTable()).contains("main.chat.special");
    assertThat(trace.spans()).hasSize(1);
    assertThat(space.trace("trace:/main.chat.special/" + HEX)).isEmpty();
  }

  @Test
  void spans_withoutTableHeader_areRefused() throws Exception {
    HttpResponse<String> answer = send(Optional.empty(), "application/x-protobuf", span());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"error_code\":\"INVALID_PARAMETER_VALUE\","
            + "\"message\":\"Missing required header X-Databricks-UC-Table-Name\"}");
    assertThat(space.tableRows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spans", "main.spans", "main.chat.a.b", "main..spans", "main.chat.a/b"})
  void spans_forSomethingThatIsNoTable_areRefused(String table) throws Exception {
    HttpResponse<String> answer = send(Optional.of(table), "application/x-protobuf", span());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_PARAMETER_VALUE", "'" + table + "'");
  }

  @Test
  void spans_thatCannotBeRead_areRefused() throws Exception {
    assertThat(send(Optional.of(TABLE), "application/x-protobuf", new byte[] {1, 2})
            .body())
        .contains("INVALID_PARAMETER_VALUE", "Invalid OpenTelemetry format");
    assertThat(send(Optional.of(TABLE), "text/plain", span()).statusCode()).isEqualTo(400);
    assertThat(space.tableRows()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      main.chat   | ffff6789abcdef0123456789abcdefff | must be the 32 hexadecimal digits of the path
      main.other  | 0123456789abcdef0123456789abcdef | does not match 'main.other' in the path
      main        | 0123456789abcdef0123456789abcdef | Invalid location 'main'
      main.chat   | 0123                             | must be the 32 hexadecimal digits of the path
      """)
  void info_thatDoesNotFitItsPath_isRefused(String location, String hex, String message)
      throws Exception {
    HttpResponse<String> answer =
        client.post("/api/4.0/mlflow/traces/" + location + "/" + hex + "/info", info(1));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_PARAMETER_VALUE", message);
    assertThat(space.trace(TRACE)).isEmpty();
  }

  @Test
  void info_withoutLocation_isRefused() throws Exception {
    assertThat(client.post(INFO, "{\"trace_id\": \"" + HEX + "\"}").body())
        .contains("Missing value for required parameter 'trace_location'");
    assertThat(client
            .post(INFO, info(HEX, "{\"type\": \"UC_SCHEMA\", \"uc_schema\": {}}", 1))
            .body())
        .contains("Missing value for required parameter 'uc_schema.catalog_name'");
    assertThat(
            client.post(INFO, info(HEX, "{\"type\": \"MLFLOW_EXPERIMENT\"}", 1)).body())
        .contains("Trace location must be uc_schema");
  }

  @Test
  void unknownInfo_read_isNotFound() throws Exception {
    sendSpan(TABLE, "00000000000000a1", "root");

    HttpResponse<String> answer = client.get(INFO);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"Trace with ID '"
            + TRACE + "' not found.\"}");
  }

  @Test
  void mlflowServer_askedForUnityCatalog_knowsNothingOfIt() throws Exception {
    space.profile(ServerProfile.standard());

    assertThat(client.post(INFO, info(1)).statusCode()).isEqualTo(404);
    assertThat(sendSpan(TABLE, "00000000000000a1", "root").body()).contains("<title>404");
    assertThat(space.calls())
        .extracting(RecordedCall::endpoint)
        .containsExactly(Endpoint.UC_TRACE_INFO, Endpoint.UC_SPANS);
  }

  @Test
  void workspace_askedForWhatOnlyMlflowHas_namesTheMissingApi() throws Exception {
    HttpResponse<String> answer = client.post("/v1/traces", "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error_code\":\"ENDPOINT_NOT_FOUND\","
            + "\"message\":\"No API found for 'POST /v1/traces'\"}");
    assertThat(client.get("/version").statusCode()).isEqualTo(404);
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void batchGet_ofStoredTraces_hasInfosAndSpans() throws Exception {
    sendSpan(TABLE, "00000000000000a1", "root");
    client.post(INFO, info(1));

    HttpResponse<String> answer = client.post(
        "/api/4.0/mlflow/traces/main.chat/batchGet",
        "{\"location_id\": \"main.chat\", \"trace_ids\": [\"" + HEX + "\", \"unknown\"]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"traces\":[{\"trace_info\":{\"trace_id\":\"" + HEX + "\",")
        .contains(
            "\"spans\":[{\"trace_id\":\"ASNFZ4mrze8BI0VniavN7w==\",\"span_id\":\"AAAAAAAAAKE=\"")
        .doesNotContain("unknown");
    assertThat(client
            .post(
                "/api/4.0/mlflow/traces/main.other/batchGet", "{\"trace_ids\": [\"" + HEX + "\"]}")
            .body())
        .isEqualTo("{}");
    assertThat(client.post("/api/4.0/mlflow/traces/main.chat/batchGet", "{}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void tags_ofATrace_areSetAndDeleted() throws Exception {
    String tags = INFO.replace("/info", "/tags");
    assertThat(patch(tags, "{\"key\": \"k/1\", \"value\": \"v\"}").statusCode()).isEqualTo(404);
    client.post(INFO, info(1));

    assertThat(patch(tags, "{\"key\": \"k/1\", \"value\": \"v\"}").statusCode()).isEqualTo(200);
    assertThat(space.trace(TRACE).orElseThrow().tags()).containsEntry("k/1", "v");

    assertThat(client.send(client.request(tags + "/k%2F1").DELETE()).statusCode())
        .isEqualTo(200);
    assertThat(space.trace(TRACE).orElseThrow().tags()).doesNotContainKey("k/1");
    assertThat(client.send(client.request(tags + "/k%2F1").DELETE()).body())
        .contains("No tag with key 'k/1'");
  }

  @Test
  void prompts_linked_arePartOfTheirTraces() throws Exception {
    String v3 = "tr-" + HEX;
    client.startTrace(v3);

    // The links may be first.
    assertThat(client.post(LINKS, links(2, TRACE, v3)).body()).isEqualTo("{}");
    client.post(INFO, info(1));
    client.post(LINKS, links(1, TRACE));

    assertThat(space.trace(TRACE).orElseThrow().prompts()).containsExactly("p0/0", "p1/1");
    assertThat(space.trace(v3).orElseThrow().prompts()).containsExactly("p0/0", "p1/1");
  }

  @Test
  void prompts_moreThan25OrForNothing_areRefused() throws Exception {
    assertThat(client.post(LINKS, links(25, TRACE)).statusCode()).isEqualTo(200);
    assertThat(client.post(LINKS, links(26, TRACE)).body())
        .contains("INVALID_PARAMETER_VALUE", "prompt_versions must have at most 25 items");
    assertThat(client.post(LINKS, links(1, "tr-unknown")).statusCode()).isEqualTo(404);
    assertThat(client.post(LINKS, "{\"trace_ids\": []}").body())
        .contains("Missing value for required parameter 'prompt_versions'");
  }

  @Test
  void location_made_isKnownAndCanBeLinked() throws Exception {
    HttpResponse<String> made = client.post(LOCATIONS, "{" + PREFIX + "}");
    assertThat(made.body())
        .isEqualTo("{\"uc_table_prefix\":{\"catalog_name\":\"main\",\"schema_name\":\"chat\","
            + "\"table_prefix\":\"pfx\",\"spans_table_name\":\"main.chat.pfx_otel_spans\","
            + "\"logs_table_name\":\"main.chat.pfx_otel_logs\","
            + "\"annotations_table_name\":\"main.chat.pfx_otel_annotations\"}}");
    assertThat(client.post(LOCATIONS, "{" + PREFIX + "}").body()).isEqualTo(made.body());
    assertThat(client.get(LOCATIONS + "/main.chat.pfx").body()).isEqualTo(made.body());

    String link = "{\"experiment_id\": \"0\", " + PREFIX + "}";
    assertThat(client.post(LINK_LOCATION, link).body()).isEqualTo("{}");
    assertThat(client.post(LINK_LOCATION, link).statusCode()).isEqualTo(200);

    assertThat(client.get("/api/2.0/mlflow/experiments/get?experiment_id=0").body())
        .contains("mlflow.experiment.databricksTraceDestinationPath", "\"main.chat.pfx\"")
        .contains("databricksTraceSpanStorageTable", "\"main.chat.pfx_otel_spans\"");
    client.post(LOCATIONS, "{" + PREFIX.replace("pfx", "other") + "}");
    assertThat(client
            .post(LINK_LOCATION, "{" + PREFIX.replace("pfx", "other") + "}")
            .body())
        .contains("RESOURCE_ALREADY_EXISTS", "already linked to trace location 'main.chat.pfx'");
  }

  @Test
  void location_thatIsUnknownOrIncomplete_isRefused() throws Exception {
    assertThat(client.get(LOCATIONS + "/main.chat.pfx").statusCode()).isEqualTo(404);
    assertThat(client.post(LINK_LOCATION, "{" + PREFIX + "}").body())
        .contains("RESOURCE_DOES_NOT_EXIST", "Trace location 'main.chat.pfx' does not exist.");
    assertThat(client.post(LOCATIONS, "{}").body())
        .contains("Missing value for required parameter 'uc_table_prefix'");
    assertThat(client
            .post(LOCATIONS, "{\"uc_table_prefix\": {\"catalog_name\": \"c\"}}")
            .body())
        .contains("Missing value for required parameter 'uc_table_prefix.schema_name'");
    assertThat(client
            .post(LINK_LOCATION.replace("/0/", "/77/"), "{" + PREFIX + "}")
            .body())
        .contains("No Experiment with id=77 exists");
    assertThat(client
            .post(LINK_LOCATION, "{\"experiment_id\": \"5\", " + PREFIX + "}")
            .statusCode())
        .isEqualTo(400);
  }

  @Test
  void reset_afterSpansAndInfo_forgetsThem() throws Exception {
    sendSpan(TABLE, "00000000000000a1", "root");
    client.post(INFO, info(1));

    space.reset();

    assertThat(space.traces()).isEmpty();
    assertThat(space.tableRows()).isEmpty();
    assertThat(space.trace(TRACE)).isEmpty();
  }

  @Test
  void faults_onUnityCatalogEndpoints_arePlayed() throws Exception {
    space.on(Endpoint.UC_SPANS).answer(Fault.status(503)).thenReal();

    assertThat(sendSpan(TABLE, "00000000000000a1", "root").statusCode()).isEqualTo(503);
    assertThat(sendSpan(TABLE, "00000000000000a1", "root").statusCode()).isEqualTo(200);
    assertThat(space.tableRows()).hasSize(1);
  }

  private HttpResponse<String> patch(String path, String json) throws Exception {
    return client.send(client
        .request(path)
        .header("Content-Type", "application/json")
        .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
  }

  private static String links(int prompts, String... traces) {
    String versions = IntStream.range(0, prompts)
        .mapToObj(i -> "{\"name\": \"p" + i + "\", \"version\": \"" + i + "\"}")
        .collect(Collectors.joining(","));
    return "{\"prompt_versions\": [" + versions + "], \"trace_ids\": [\""
        + String.join("\",\"", traces) + "\"]}";
  }

  private HttpResponse<String> sendSpan(String table, String spanId, String name) throws Exception {
    return send(
        Optional.of(table),
        "application/x-protobuf",
        TestClient.rootSpan("tr-" + HEX, spanId, name));
  }

  private HttpResponse<String> send(Optional<String> table, String contentType, byte[] body)
      throws Exception {
    HttpRequest.Builder request = client
        .request("/api/2.0/otel/v1/traces")
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    table.ifPresent(name -> request.header("X-Databricks-UC-Table-Name", name));
    return client.send(request);
  }

  private static byte[] span() {
    return TestClient.rootSpan("tr-" + HEX, "00000000000000a1", "root");
  }

  private static String info(int spans) {
    return info(
        HEX,
        "{\"type\": \"UC_SCHEMA\", \"uc_schema\": {\"catalog_name\": \"main\","
            + " \"schema_name\": \"chat\"}}",
        spans);
  }

  private static String info(String hex, String location, int spans) {
    return """
        {"trace_id": "%s", "trace_location": %s, "request_preview": "hi",
          "request_time": "2026-01-02T03:04:05.678Z", "execution_duration": "1.5s", "state": "OK",
          "trace_metadata": {"mlflow.trace.sizeStats": "{\\"num_spans\\": %d}"}, "tags": {"a": "b"}}
        """.formatted(hex, location, spans);
  }
}
