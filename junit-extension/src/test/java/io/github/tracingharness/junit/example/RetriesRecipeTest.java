package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.ManualClock;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class RetriesRecipeTest {

  private int attempts;

  private String callModel() throws IOException {
    if (++attempts < 3) {
      throw new IOException("overloaded");
    }
    return "answer";
  }

  private static String withRetries(
      MlflowTracer tracer, ManualClock clock, int limit, Callable<String> work) throws Exception {
    try (LiveSpan span = tracer.startSpan("with retries")) {
      for (int attempt = 1; ; attempt++) {
        try {
          return tracer.trace("attempt " + attempt, work);
        } catch (IOException failure) {
          if (attempt == limit) {
            span.recordException(failure);
            throw failure;
          }
          clock.advance(Duration.ofSeconds(attempt)); // in production: a wait
        }
      }
    }
  }

  @Test
  void model_thatRecovers_leavesOneSpanForEachAttempt(
      MlflowTracer tracer, ManualClock clock, Traces traces) throws Exception {
    withRetries(tracer, clock, 5, this::callModel);

    assertThat(traces.awaitTrace())
        .hasState(TraceState.OK)
        .hasDuration(Duration.ofSeconds(3))
        .hasSpansInOrder("attempt 1", "attempt 2", "attempt 3")
        .hasSpan(
            "attempt 2",
            span ->
                span.hasStatus(SpanStatusCode.ERROR).hasException(IOException.class, "overloaded"))
        .hasSpan("attempt 3", span -> span.hasStatus(SpanStatusCode.OK).hasNoException())
        .hasSpan("with retries", span -> span.hasNoException());
  }
}
// end-recipe
