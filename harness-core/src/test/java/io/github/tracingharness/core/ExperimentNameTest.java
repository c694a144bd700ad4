package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.testing.FixedIds;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.opentelemetry.sdk.testing.time.TestClock;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExperimentNameTest {

  private static final String FIND = "GET /api/2.0/mlflow/experiments/get-by-name";
  private static final String CREATE = "POST /api/2.0/mlflow/experiments/create";
  private static final Answer MISSING =
      Answer.of(404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}");
  private static final Answer FOUND = Answer.of(
      200,
      "{\"experiment\": {\"experiment_id\": \"77\", \"name\": \"my test\","
          + " \"artifact_location\": \"mlflow-artifacts:/77\", \"lifecycle_stage\": \"active\"}}");

  private final TrackingServerDouble server = new TrackingServerDouble();
  private final Map<String, String> environment = new HashMap<>(Map.of(
      "MLFLOW_TRACKING_URI", server.uri(),
      "MLFLOW_EXPERIMENT_NAME", "my test",
      "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1",
      "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0",
      "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void trace_nameOfAnExperiment_isAskedForOnce() {
    server.always(FIND, FOUND);
    try (MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});
      tracing.tracer().trace("two", () -> {});

      assertThat(tracing.stats().traces().delivered()).isEqualTo(2);
    }

    assertThat(server.calls(FIND))
        .singleElement()
        .satisfies(call -> assertThat(call.query()).isEqualTo("experiment_name=my%20test"));
    assertThat(server.calls(LOG_SPANS))
        .extracting(call -> call.header("x-mlflow-experiment-id"))
        .containsExactly("77", "77");
    assertThat(server.calls(START_TRACE))
        .extracting(ExperimentNameTest::experimentId)
        .containsExactly("77", "77");
  }

  @Test
  void trace_newName_createsTheExperiment() {
    server.always(FIND, MISSING);
    server.always(CREATE, Answer.of(200, "{\"experiment_id\": \"78\"}"));
    try (MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});
    }

    assertThat(server.calls(CREATE))
        .singleElement()
        .satisfies(call -> assertThat(call.text()).isEqualTo("{\"name\": \"my test\"}"));
    assertThat(experimentId(server.calls(START_TRACE).get(0))).isEqualTo("78");
  }

  @Test
  void trace_anotherProcessCreatesTheExperimentMeanwhile_takesItsId() {
    server.next(FIND, MISSING, FOUND);
    server.always(
        CREATE,
        Answer.of(400, "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"there\"}"));
    try (MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});
    }

    assertThat(experimentId(server.calls(START_TRACE).get(0))).isEqualTo("77");
  }

  @Test
  void trace_serverDoesNotSay_isDroppedWithItsReasonAndTheNextOneAsksAgain() {
    server.next(FIND, Answer.status(500), Answer.status(500), FOUND);
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});

      assertThat(tracing.stats().traces().dropped())
          .containsEntry(DropReason.EXPERIMENT_UNKNOWN, 1L);
      assertThat(tracing.stats().spans().dropped())
          .containsEntry(DropReason.EXPERIMENT_UNKNOWN, 1L);
      assertThat(log.lines("Failed to send trace to MLflow backend: GET"
              + " /api/2.0/mlflow/experiments/get-by-name was answered 500 after 2 attempts"))
          .singleElement()
          .asString()
          .contains("WARN");

      tracing.tracer().trace("two", () -> {});

      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
      assertThat(tracing.stats().traces().pending()).isZero();
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void trace_async_theTracedThreadDoesNotWait() throws Exception {
    server.hold(FIND);
    server.always(FIND, FOUND);
    try (MlflowTracing tracing = start(true)) {
      tracing.tracer().trace("one", () -> {});
      server.awaitArrivals(FIND, 1);
      assertThat(tracing.stats().traces().pending()).isEqualTo(1);
      server.release(FIND);

      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }
  }

  @Test
  void trace_nameAndIdOfTheEnvironment_mustAgree() {
    server.always(FIND, FOUND);
    environment.put("MLFLOW_EXPERIMENT_ID", "5");
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});

      assertThat(tracing.stats().traces().dropped())
          .containsEntry(DropReason.EXPERIMENT_UNKNOWN, 1L);
      assertThat(log.text())
          .contains("the experiment \"my test\" has the id 77 but MLFLOW_EXPERIMENT_ID is 5");
    }
    environment.put("MLFLOW_EXPERIMENT_ID", "77");
    try (MlflowTracing tracing = start(false)) {
      tracing.tracer().trace("one", () -> {});

      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }
  }

  @Test
  void trace_idOfTheBuilder_winsOverNameOfTheEnvironment() {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(environment)
        .experimentId("5")
        .asyncExport(false)
        .build()) {
      tracing.tracer().trace("one", () -> {});
    }

    assertThat(server.calls(FIND)).isEmpty();
    assertThat(experimentId(server.calls(START_TRACE).get(0))).isEqualTo("5");
  }

  @Test
  void trace_byNameOrById_isTheSameOnTheWire() {
    server.always(FIND, FOUND);
    for (boolean byName : List.of(true, false)) {
      MlflowTracing.Builder builder = Tracings.builder(server, false)
          .clock(TestClock.create())
          .idGenerator(new FixedIds("a".repeat(32), "b".repeat(16)));
      builder = byName ? builder.environment(environment) : builder.experimentId("77");
      try (MlflowTracing tracing =
          byName ? builder.experimentName("my test").experimentId("77").build() : builder.build()) {
        tracing.tracer().trace("one", () -> {});
      }
    }

    List<Call> started = server.calls(START_TRACE);
    assertThat(started).hasSize(2);
    assertThat(started.get(0).json()).isEqualTo(started.get(1).json());
  }

  @Test
  void build_nameWithOtlpEndpoint_isRefused() {
    assertThatThrownBy(() -> MlflowTracing.builder()
            .environment(environment)
            .otlpEndpoint(URI.create(server.uri() + "/v1/traces"))
            .build())
        .hasMessage(
            "MLFLOW_EXPERIMENT_NAME is \"my test\" but must be unset, because requests to the"
                + " OTLP endpoint need the experiment's id; set MLFLOW_EXPERIMENT_ID.");
  }

  private MlflowTracing start(boolean async) {
    return MlflowTracing.builder().environment(environment).asyncExport(async).build();
  }

  private static String experimentId(Call call) {
    return call.json()
        .at("/trace/trace_info/trace_location/mlflow_experiment/experiment_id")
        .asText();
  }
}
