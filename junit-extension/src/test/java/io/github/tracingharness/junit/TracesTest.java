package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class TracesTest {

  @Test
  void awaitTraces_several_areGivenOldestFirst(MlflowTracer tracer, Traces traces) {
    tracer.spanBuilder("third").startTime(3_000_000_000L).startDetachedSpan().end(4_000_000_000L);
    tracer.spanBuilder("first").startTime(1_000_000_000L).startDetachedSpan().end(2_000_000_000L);
    tracer.spanBuilder("second").startTime(2_000_000_000L).startDetachedSpan().end(9_000_000_000L);

    assertThat(traces.awaitTraces(3))
        .extracting(trace -> trace.root().orElseThrow().name())
        .containsExactly("first", "second", "third");
  }

  @Test
  void awaitTrace_byRoot_findsItAmongOthers(MlflowTracer tracer, Traces traces) {
    tracer.trace("one", () -> {});
    tracer.trace("two", () -> {
      tracer.currentTrace().tag("n", 2);
    });

    assertThat(traces.awaitTrace("two")).hasTag("n", "2");
    assertThat(traces.awaitTrace(trace -> trace.tags().containsKey("n"))).hasRoot("two");
  }

  @Test
  void awaitTrace_calledBeforeTheTraceIsMade_waitsForIt(MlflowTracer tracer, Traces traces) {
    CompletableFuture<StoredTrace> found =
        CompletableFuture.supplyAsync(() -> traces.awaitTrace("late"));

    tracer.trace("early", () -> {});
    tracer.trace("late", () -> {});

    assertThat(found.orTimeout(60, TimeUnit.SECONDS).join()).hasRoot("late");
  }

  @Test
  void traces_whoseInfoIsStillOnItsWay_areNotComplete(
      MlflowTracer tracer, Traces traces, TrackingSpace space) throws InterruptedException {
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();
    tracer.trace("answer", () -> {
      tracer.currentTrace().tag("model", "m1");
    });
    assertThat(held.awaitArrival(1, Duration.ofSeconds(60))).isTrue();

    assertThat(space.calls(Endpoint.OTLP_TRACES)).as("the spans are there").hasSize(1);
    assertThat(traces.traces()).isEmpty();

    held.release();
    assertThat(traces.awaitTrace()).hasTag("model", "m1");
  }

  @Test
  void awaitTrace_afterFailuresThatAreRetried_findsItOnce(
      MlflowTracer tracer, Traces traces, TrackingSpace space) {
    space.on(Endpoint.START_TRACE).answer(2, Fault.status(503)).thenReal();

    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTrace()).hasState(TraceState.OK);
    assertThat(space.calls(Endpoint.START_TRACE)).hasSize(3);
    assertThat(traces.exports()).deliveredExactlyOnce();
  }

  @Test
  void awaitTraces_hundredFromTenThreads_allArriveExactlyOnce(MlflowTracer tracer, Traces traces)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String name = "trace-" + i;
        done.add(threads.submit(() -> tracer.trace(name, () -> {})));
      }
      for (Future<?> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdown();
    }

    Assertions.assertThat(traces.awaitTraces(100))
        .extracting(trace -> trace.root().orElseThrow().name())
        .doesNotHaveDuplicates();
    assertThat(traces.exports()).deliveredExactlyOnce();
  }

  @Test
  void exports_ofDroppedTraces_areNotExactlyOnce(
      MlflowTracer tracer, Traces traces, TrackingSpace space) {
    space.on(Endpoint.START_TRACE).thenForever(Fault.status(400));
    tracer.trace("answer", () -> {});

    Assertions.assertThatThrownBy(() -> assertThat(traces.exports()).deliveredExactlyOnce())
        .isInstanceOf(AssertionError.class)
        .hasMessage("""
            Expecting every trace and span to be delivered exactly once but
            - 1 traces were dropped: {START_TRACE_FAILED=1}
            - 1 traces were made, but the server accepted 0""");
  }
}
