package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.ServerFault;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class FailureInjectionRecipeTest {

  @Test
  @TracingConfig(
      faults = {
        @ServerFault(on = Endpoint.START_TRACE, status = 503, times = 2),
        @ServerFault(on = Endpoint.START_TRACE, kind = ServerFault.Kind.RESET)
      })
  void server_thatRecovers_getsTheTraceOnce(MlflowTracer tracer, Traces traces) {
    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTrace()).hasRoot("answer");
    assertThat(traces.exports())
        .hasCalls(Endpoint.START_TRACE, 4)
        .hasRetried(3)
        .deliveredExactlyOnce();
  }

  @Test
  void server_thatHangs_doesNotHoldUpTheApplication(
      MlflowTracer tracer, Traces traces, TrackingSpace space) throws Exception {
    HeldAnswer hanging = space.on(Endpoint.ANY).hold();

    tracer.trace("answer", () -> {}); // returns although nothing was answered
    assertThat(hanging.awaitArrival(1, Duration.ofSeconds(5))).isTrue();

    hanging.release();
    assertThat(traces.awaitTrace()).hasRoot("answer");
  }

  @Test
  void server_thatRefuses_costsTheTraceAndSaysSo(
      MlflowTracer tracer, Traces traces, TrackingSpace space) {
    space.on(Endpoint.START_TRACE).thenForever(Fault.status(403));

    tracer.trace("answer", () -> {});

    assertThat(traces.exports())
        .hasDroppedTraces(DropReason.START_TRACE_FAILED, 1)
        .hasNothingPending();
  }
}
// end-recipe
