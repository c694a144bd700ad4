package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StateTransferTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";

  private static FakeTrackingServer server;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void exportedState_importedIntoAnotherSpace_isTheSameToClients() throws Exception {
    try (TrackingSpace from = server.newSpace();
        TrackingSpace to = server.newSpace()) {
      fill(from);

      to.importState(from.exportState());

      assertThat(to.exportState()).isEqualTo(from.exportState());
      TestClient before = new TestClient(from);
      TestClient after = new TestClient(to);
      for (String path : new String[] {
        "/api/3.0/mlflow/traces/get?trace_id=" + TRACE,
        "/api/2.0/mlflow/experiments/get?experiment_id=1",
        "/api/2.0/mlflow/registered-models/get?name=greeting",
        "/api/2.0/mlflow-artifacts/artifacts/1/a.txt"
      }) {
        assertThat(after.get(path).statusCode()).as(path).isEqualTo(200);
        assertThat(after.get(path).body()).as(path).isEqualTo(before.get(path).body());
      }
      assertThat(to.createExperiment("next")).isEqualTo(from.createExperiment("next"));
      assertThat(to.traces()).hasSameSizeAs(from.traces()).isNotEmpty();
    }
  }

  @Test
  void importOfSomethingElse_isRefusedAndChangesNothing() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      fill(space);
      String before = space.exportState();
      String broken =
          before.replace("\"start_nanos\": 1700000000000000000", "\"start_nanos\": \"x\"");

      assertThat(broken).isNotEqualTo(before);
      assertThatThrownBy(() -> space.importState(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("state.traces[0].spans[0].start_nanos must be a whole number");
      assertThatThrownBy(() -> space.importState("no JSON"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the state must be JSON");
      assertThat(space.exportState()).isEqualTo(before);
    }
  }

  private static void fill(TrackingSpace space) throws Exception {
    TestClient client = new TestClient(space);
    space.createExperiment("shop");
    client.startTrace(TRACE);
    client.sendSpan(TRACE, "00000000000000a1", "root");
    client.post(
        "/api/3.0/mlflow/traces/" + TRACE + "/assessments",
        "{\"assessment\": {\"assessment_name\": \"good\", \"source\": {\"source_type\": \"HUMAN\","
            + " \"source_id\": \"ann\"}, \"feedback\": {\"value\": 0.5}}}");
    client.post(
        "/api/2.0/mlflow/runs/create", "{\"experiment_id\": \"1\", \"run_name\": \"first\"}");
    client.post(
        "/api/2.0/mlflow/registered-models/create",
        "{\"name\": \"greeting\", \"tags\": [{\"key\": \"mlflow.prompt.is_prompt\", \"value\":"
            + " \"true\"}]}");
    client.post(
        "/api/2.0/mlflow/model-versions/create",
        "{\"name\": \"greeting\", \"source\": \"prompt-template\", \"tags\": [{\"key\":"
            + " \"mlflow.prompt.is_prompt\", \"value\": \"true\"}, {\"key\": \"mlflow.prompt.text\","
            + " \"value\": \"Hello {{name}}\"}]}");
    client.put("/api/2.0/mlflow-artifacts/artifacts/1/a.txt", "text");
  }
}
