package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThatTraces;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class BatchJobRecipeTest {

  /** One trace for each record; a job must not end before its traces are delivered. */
  private static FlushResult score(MlflowTracing tracing, List<String> records) {
    MlflowTracer tracer = tracing.tracer();
    for (String record : records) {
      try {
        tracer.trace("score", () -> {
          tracer.currentTrace().tag("record", record).session("nightly");
          if (record.isEmpty()) {
            throw new IllegalArgumentException("the record is empty");
          }
        });
      } catch (IllegalArgumentException wrongRecord) {
        // Its trace says what was wrong; the job goes on.
      }
    }
    return tracing.flush(Duration.ofSeconds(60));
  }

  @Test
  void job_withAWrongRecord_deliversAllAndMarksThatOne(MlflowTracing tracing, Traces traces) {
    FlushResult result = score(tracing, List.of("a", "", "c"));

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.tracesDelivered()).isEqualTo(3);
    List<StoredTrace> stored = traces.awaitTraces(3);
    assertThatTraces(stored)
        .haveRoots("score", "score", "score")
        .allSatisfy(trace -> assertThat(trace).hasMetadata("mlflow.trace.session", "nightly"));
    assertThat(traces.awaitTrace(trace -> "".equals(trace.tags().get("record"))))
        .hasState(TraceState.ERROR)
        .hasSpan("score", span -> span.hasException(IllegalArgumentException.class));
    assertThat(traces.exports()).deliveredExactlyOnce();
  }
}
// end-recipe
