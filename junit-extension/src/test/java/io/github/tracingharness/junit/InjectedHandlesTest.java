package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.StoredSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class InjectedHandlesTest {

  /** The program of the child process: knows the server by its environment alone. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) {
      try (MlflowTracing tracing = MlflowTracing.builder().build()) {
        tracing.tracer().trace("from the child", () -> {});
      }
    }
  }

  @Test
  void childProcess_withTheEnvironment_tracesIntoTheTestsSpace(
      ChildEnvironment environment, Traces traces) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName())
        .inheritIO();
    environment.applyTo(builder);

    Process child = builder.start();

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(traces.awaitTrace())
        .hasRoot("from the child")
        .isInExperiment(environment.mlflow().get("MLFLOW_EXPERIMENT_ID"));
  }

  @Test
  @TracingConfig(async = false, maxRetries = 3, backoffSeconds = 0.5, samplingRatio = 0.25)
  void environment_ofATest_hasItsSettings(ChildEnvironment environment, MlflowTracing tracing) {
    String uri = environment.mlflow().get("MLFLOW_TRACKING_URI");
    String experiment = environment.mlflow().get("MLFLOW_EXPERIMENT_ID");

    assertThat(environment.mlflow())
        .containsEntry("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")
        .containsEntry("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")
        .containsEntry("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "1")
        .containsEntry("MLFLOW_HTTP_REQUEST_TIMEOUT", "30")
        .containsEntry("MLFLOW_TRACE_SAMPLING_RATIO", "0.25")
        .doesNotContainKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    assertThat(environment.openTelemetry())
        .containsEntry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", uri + "/v1/traces")
        .containsEntry("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf")
        .containsEntry("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-mlflow-experiment-id=" + experiment);
    ProcessBuilder process = new ProcessBuilder("exporter");
    environment.applyOpenTelemetryTo(process);
    assertThat(process.environment()).containsAllEntriesOf(environment.openTelemetry());
    assertThat(tracing.stats().traces().created()).isZero();
  }

  @Test
  void manualClock_movedByTheTest_timesTheSpans(
      MlflowTracer tracer, ManualClock clock, Traces traces) {
    long start = clock.now();

    tracer.trace("answer", () -> {
      clock.advance(Duration.ofMillis(250));
      tracer.trace("retrieve", () -> clock.advance(Duration.ofNanos(1_000_001)));
    });

    var trace = traces.awaitTrace();
    StoredSpan answer = trace.span("answer").orElseThrow();
    StoredSpan retrieve = trace.span("retrieve").orElseThrow();
    assertThat(answer.startNanos()).isEqualTo(start).isEqualTo(clock.now() - 251_000_001);
    assertThat(answer.endNanos() - answer.startNanos()).isEqualTo(251_000_001);
    assertThat(retrieve.startNanos() - answer.startNanos()).isEqualTo(250_000_000);
    assertThat(trace.executionDuration()).contains(Duration.ofMillis(251));
  }

  @Test
  void manualClock_backwards_isRefused(ManualClock clock) {
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .withMessage("step must not be negative, but is PT-0.000000001S");
  }

  @ExtendWith(TracingHarness.class)
  static class SharedClockTestCase {

    private ManualClock before;

    @BeforeEach
    void remember(ManualClock clock) {
      before = clock;
    }

    @Test
    void isTheSame(ManualClock clock) {
      assertThat(clock).isSameAs(before);
    }
  }

  @Test
  void manualClock_askedTwice_isTheSame() {
    EngineRuns.requireAllPassed(EngineRuns.run(SharedClockTestCase.class), 1);
  }
}
