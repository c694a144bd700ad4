package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each setting of the annotation is seen at work. */
@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class TracingConfigTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static List<Integer> statuses(TrackingSpace space, Endpoint endpoint) {
    return space.calls(endpoint).stream().map(RecordedCall::status).toList();
  }

  @Test
  void async_byDefault_leavesTheCallerAlone(
      MlflowTracer tracer, Traces traces, TrackingSpace space) {
    HeldAnswer held = space.on(Endpoint.ANY).hold();

    tracer.trace("answer", () -> {});
    assertThat(traces.traces()).as("the server has not answered yet").isEmpty();

    held.release();
    assertThat(traces.awaitTrace()).hasRoot("answer");
  }

  @Test
  @TracingConfig(async = false)
  void async_switchedOff_exportsOnTheCallersThread(MlflowTracer tracer, Traces traces) {
    tracer.trace("answer", () -> {});

    assertThat(traces.traces()).hasSize(1);
  }

  @Test
  @TracingConfig(maxQueueSize = 1, maxWorkers = 1, awaitMillis = 60_000)
  void queueAndWorkers_areAsSmallAsAsked(MlflowTracing tracing, Traces traces, TrackingSpace space)
      throws InterruptedException {
    HeldAnswer held = space.on(Endpoint.ANY).hold();
    tracing.tracer().trace("on its way", () -> {});
    assertThat(held.awaitArrival(1, LONG)).isTrue();

    tracing.tracer().trace("waiting", () -> {});
    tracing.tracer().trace("too many", () -> {});

    assertThat(tracing.stats().traces().dropped()).containsEntry(DropReason.QUEUE_FULL, 1L);
    held.release();
    assertThat(traces.awaitTraces(2))
        .extracting(trace -> trace.root().orElseThrow().name())
        .containsExactly("on its way", "waiting");
  }

  @Test
  @TracingConfig(samplingRatio = 0)
  void sampling_ofNothing_recordsNothing(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTraces(0)).isEmpty();
    assertThat(space.calls()).isEmpty();
  }

  @Test
  @TracingConfig(
      async = false,
      faults = {
        @ServerFault(on = Endpoint.START_TRACE, status = 429),
        @ServerFault(on = Endpoint.START_TRACE, kind = ServerFault.Kind.CLOSE, times = 2)
      })
  void faults_areMetInTheirOrder(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTrace()).hasRoot("answer");
    assertThat(statuses(space, Endpoint.START_TRACE)).containsExactly(429, 0, 0, 200);
  }

  @Test
  @TracingConfig(
      async = false,
      maxRetries = 1,
      faults = @ServerFault(on = Endpoint.START_TRACE, status = 500, times = 0))
  void faultForAllCalls_neverEnds(MlflowTracing tracing, TrackingSpace space) {
    tracing.tracer().trace("one", () -> {});
    tracing.tracer().trace("two", () -> {});

    assertThat(statuses(space, Endpoint.START_TRACE)).containsExactly(500, 500, 500, 500);
    assertThat(tracing.stats().traces().droppedInAll()).isEqualTo(2);
  }

  @Test
  @TracingConfig(
      async = false,
      faults = {
        @ServerFault(on = Endpoint.START_TRACE, kind = ServerFault.Kind.ANSWER_LOST),
        @ServerFault(on = Endpoint.START_TRACE, kind = ServerFault.Kind.RESET)
      })
  void lostAnswer_isHandledAllTheSame(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTrace()).hasRoot("answer");
    assertThat(statuses(space, Endpoint.START_TRACE)).containsExactly(0, 0, 200);
  }

  @Test
  @TracingConfig(
      async = false,
      maxRetries = 0,
      faults = {
        @ServerFault(on = Endpoint.OTLP_TRACES, kind = ServerFault.Kind.EMPTY_BODY, times = 2),
        @ServerFault(on = Endpoint.START_TRACE, kind = ServerFault.Kind.MALFORMED_BODY)
      })
  void spoiledAnswers_areSentAsAsked(MlflowTracer tracer, TrackingSpace space) {
    tracer.trace("answer", () -> {});

    assertThat(space.calls(Endpoint.OTLP_TRACES))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.responseBody()).isEmpty());
    assertThat(space.calls(Endpoint.START_TRACE))
        .singleElement()
        .satisfies(call -> assertThat(call.responseText()).startsWith("{").doesNotEndWith("}"));
  }

  @Test
  @TracingConfig(
      async = false,
      latencyMillis = 20,
      faults = @ServerFault(on = Endpoint.START_TRACE, status = 503))
  void latency_isBeforeEveryAnswer(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    tracer.trace("answer", () -> {});

    assertThat(traces.awaitTrace()).hasRoot("answer");
    assertThat(space.calls())
        .hasSizeGreaterThan(3)
        .allSatisfy(call -> assertThat(call.answeredNanos() - call.arrivedNanos())
            .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20)));
  }

  @Test
  @TracingConfig(async = false, maxRetries = 2, backoffSeconds = 0)
  void retries_areAsManyAsAsked(MlflowTracer tracer, TrackingSpace space) {
    space.on(Endpoint.START_TRACE).thenForever(Fault.status(503));

    tracer.trace("answer", () -> {});

    assertThat(space.calls(Endpoint.START_TRACE)).hasSize(3);
  }

  @Test
  @TracingConfig(async = false, maxRetries = 0, requestTimeoutMillis = 50)
  void requestTimeout_endsAnAttempt(MlflowTracing tracing, TrackingSpace space) {
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();

    tracing.tracer().trace("answer", () -> {});

    assertThat(tracing.stats().traces().droppedInAll()).isEqualTo(1);
    held.release();
  }

  @Test
  @TracingConfig(
      unityCatalogSchema = "main.traces",
      maxSpanBatchSize = 2,
      maxBatchIntervalMillis = 600_000,
      awaitMillis = 60_000)
  void unityCatalog_getsSpansInBatches(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    tracer.trace("answer", () -> {
      tracer.trace("retrieve", () -> {});
      tracer.trace("generate", () -> {});
    });

    StoredTrace trace = traces.awaitTrace();
    assertThat(trace).hasRoot("answer").hasSpans("answer", "retrieve", "generate");
    assertThat(trace.traceId()).startsWith("trace:/main.traces/");
    assertThat(space.calls(Endpoint.UC_SPANS)).hasSize(2);
    assertThat(space.calls(Endpoint.OTLP_TRACES)).isEmpty();
    assertThat(traces.exports()).deliveredExactlyOnce();
  }

  @Test
  @TracingConfig(experiment = "nightly evaluation")
  void experiment_hasTheNameThatIsAskedFor(MlflowTracing tracing, Traces traces)
      throws TrackingException {
    requireStoredIn("nightly evaluation", tracing, traces);
  }

  @Test
  void experiment_byDefault_hasTheNameOfTheTest(MlflowTracing tracing, Traces traces)
      throws TrackingException {
    requireStoredIn("TracingConfigTest.experiment_byDefault_hasTheNameOfTheTest", tracing, traces);
  }

  private static void requireStoredIn(String experiment, MlflowTracing tracing, Traces traces)
      throws TrackingException {
    tracing.tracer().trace("answer", () -> {});

    assertThat(traces.awaitTrace())
        .isInExperiment(
            tracing.reader().findExperiment(experiment).orElseThrow().experimentId());
  }
}
