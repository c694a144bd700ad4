package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recorded conversations on assessments and run links do not show. */
class AssessmentTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";
  private static final String ASSESSMENTS = TestClient.START + "/" + TRACE + "/assessments";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
  void newSpace() throws Exception {
    space = server.newSpace();
    client = new TestClient(space);
    client.startTrace(TRACE);
  }

  @Test
  void assessment_thatOverridesAnother_takesItsPlaceUntilItIsDeleted() throws Exception {
    String older = create("\"feedback\": {\"value\": 1}").path("assessment_id").textValue();
    JsonNode newer = create("\"feedback\": {\"value\": 2}, \"overrides\": \"" + older + "\"");
    assertThat(newer.path("overrides").textValue()).isEqualTo(older);
    assertThat(get(older).path("valid").booleanValue()).isFalse();

    client.send(client
        .request(ASSESSMENTS + "/" + newer.path("assessment_id").textValue())
        .DELETE());

    assertThat(get(older).path("valid").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"HUMAN, HUMAN", "LLM_JUDGE, LLM_JUDGE", "AI_JUDGE, SOURCE_TYPE_UNSPECIFIED"})
  void source_ofAnyKind_isKeptIfItIsKnown(String sent, String kept) throws Exception {
    JsonNode made = create("\"source\": {\"source_type\": \"" + sent + "\", \"source_id\": \"s\"},"
        + " \"feedback\": {\"value\": \"good\"}");

    assertThat(made.path("source").path("source_type").textValue()).isEqualTo(kept);
  }

  @Test
  void feedback_withErrorAndNestedValue_comesBack() throws Exception {
    JsonNode made = create("\"feedback\": {\"value\": {\"a\": [1, null, true]},"
        + " \"error\": {\"error_code\": \"E\", \"error_message\": \"m\"}}");

    assertThat(made.path("feedback").toString())
        .isEqualTo("{\"value\":{\"a\":[1.0,null,true]},"
            + "\"error\":{\"error_code\":\"E\",\"error_message\":\"m\"}}");
  }

  @Test
  void run_linkedToATrace_findsIt() throws Exception {
    client.post(
        "/api/2.0/mlflow/traces/link-to-run",
        "{\"trace_ids\": [\"" + TRACE + "\"], \"run_id\": \"r1\"}");

    assertThat(search("run_id = 'r1'")).contains(TRACE);
    assertThat(search("run_id = 'r2'")).isEqualTo("{}");
  }

  @Test
  void calls_ofAssessments_haveTheirOwnEndpoints() throws Exception {
    String id = create("\"feedback\": {\"value\": 1}").path("assessment_id").textValue();
    get(id);
    client.send(client.request(ASSESSMENTS + "/" + id).DELETE());

    assertThat(space.calls())
        .extracting(RecordedCall::endpoint)
        .containsExactly(
            Endpoint.START_TRACE,
            Endpoint.CREATE_ASSESSMENT,
            Endpoint.GET_ASSESSMENT,
            Endpoint.DELETE_ASSESSMENT);
  }

  private JsonNode create(String members) throws Exception {
    return assessment(client.post(
        ASSESSMENTS, "{\"assessment\": {\"assessment_name\": \"n\", " + members + "}}"));
  }

  private JsonNode get(String id) throws Exception {
    return assessment(client.get(ASSESSMENTS + "/" + id));
  }

  private String search(String filter) throws Exception {
    return client
        .post(
            TestClient.START + "/search",
            "{\"locations\": [{\"mlflow_experiment\": {\"experiment_id\": \"0\"}}], \"filter\": \""
                + filter + "\"}")
        .body();
  }

  private static JsonNode assessment(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body()).path("assessment");
  }
}
