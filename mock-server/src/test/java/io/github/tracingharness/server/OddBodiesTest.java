package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of odd types; the answers are those that a real server gave. */
class OddBodiesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static FakeTrackingServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = FakeTrackingServer.start();
    client = new TestClient(server.rootSpace());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|Invalid value 0 for parameter 'status' supplied:  Hint: Value was of type 'int'.",
        "[]|Invalid value [] for parameter 'status' supplied:  Hint: Value was of type 'list'.",
        "3|Run with id=x not found",
        "\"x\"|Run with id=x not found"
      })
  void run_withAnOddStatus_isLookedForOnlyIfTheStatusIsTaken(String status, String message)
      throws Exception {
    HttpResponse<String> answer = client.post(
        "/api/2.0/mlflow/runs/update", "{\"run_id\": \"x\", \"status\": " + status + "}");

    assertThat(MAPPER.readTree(answer.body()).path("message").textValue()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource({"0,SOURCE_TYPE_UNSPECIFIED", "1,HUMAN", "HUMAN,HUMAN", "x,SOURCE_TYPE_UNSPECIFIED"})
  void sourceType_asATextWithANumber_isThatNumbers(String sent, String stored) throws Exception {
    client.startTrace("tr-0000000000000000000000000000000a");

    HttpResponse<String> answer = assess(sent);

    assertThat(
            MAPPER.readTree(answer.body()).at("/assessment/source/source_type").textValue())
        .isEqualTo(stored);
  }

  @Test
  void sourceType_withANumberThatIsNone_endsTheParse() throws Exception {
    client.startTrace("tr-0000000000000000000000000000000a");

    assertThat(assess("5").body()).contains("Unknown assessment type: None");
  }

  private static HttpResponse<String> assess(String sourceType) throws Exception {
    return client.post(
        "/api/3.0/mlflow/traces/tr-0000000000000000000000000000000a/assessments",
        """
        {"assessment": {"assessment_name": "n", "source": {"source_type": "%s", "source_id": "a"},
          "feedback": {"value": 1}}}""".formatted(sourceType));
  }

  @ParameterizedTest
  @CsvSource({"9007199254740993,200", "4294967297,200", "99999999999999999999,500", "9,500"})
  void locationType_ofAHugeNumber_isTakenByItsLow32Bits(String type, int status) throws Exception {
    HttpResponse<String> answer = client.post(TestClient.START, """
        {"trace": {"trace_info": {"trace_id": "tr-0000000000000000000000000000000b",
          "trace_location": {"type": %s, "mlflow_experiment": {"experiment_id": "0"}}}}}""".formatted(type));

    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"[],200", "[\"a\"],200", "[\"filter\"],500", "5,500"})
  void list_forABodyThatNeedsNothing_isPassedOver(String body, int status) throws Exception {
    assertThat(client.post("/api/2.0/mlflow/runs/search", body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"null,500", "\"5.0\",500", "\"1_0\",200", "501,400", "\"x\",400"})
  void maxResults_ofAnOddType_isTakenApartTwice(String number, int status) throws Exception {
    HttpResponse<String> answer =
        client.post("/api/3.0/mlflow/traces/search", """
        {"locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "0"}}],
          "max_results": %s}""".formatted(number));

    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void contentType_inOtherCase_isRefused() throws Exception {
    HttpResponse<String> answer = client.send(client
        .request("/api/2.0/mlflow/experiments/create")
        .header("Content-Type", "Application/JSON")
        .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"n\"}")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Content-Type must be one of ['application/json']");
  }
}
