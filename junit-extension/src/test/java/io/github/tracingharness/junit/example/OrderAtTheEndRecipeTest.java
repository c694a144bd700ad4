package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class OrderAtTheEndRecipeTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  @TracingConfig(maxWorkers = 2, awaitMillis = 60_000)
  void shutdown_withWorkInTheQueue_deliversAllOfItInOrder(
      MlflowTracing tracing, Traces traces, TrackingSpace space) throws Exception {
    HeldAnswer server = space.on(Endpoint.ANY).hold();
    for (int i = 0; i < 10; i++) {
      tracing.tracer().trace("answer", () -> {
        tracing.tracer().currentTrace().prompt(new PromptVersion("greeting", "2"));
      });
    }
    server.awaitArrival(1, LONG); // the first is on its way, the others wait in the queue

    CompletableFuture<FlushResult> end =
        CompletableFuture.supplyAsync(() -> tracing.shutdown(LONG));
    server.release();
    FlushResult result = end.get(60, TimeUnit.SECONDS);

    assertThat(result.isSuccess()).isTrue();
    assertThat(traces.traces()).as("all there when shutdown returns").hasSize(10);
    assertThat(traces.exports())
        .deliveredExactlyOnce()
        .hasNothingPending()
        .hasOrderInEachTrace(Endpoint.OTLP_TRACES, Endpoint.START_TRACE, Endpoint.LINK_PROMPTS);

    int calls = space.calls().size();
    tracing.tracer().trace("too late", () -> {});
    assertThat(space.calls()).as("nothing is sent after the end").hasSize(calls);
  }

  @Test
  @TracingConfig(
      unityCatalogSchema = "main.traces",
      maxSpanBatchSize = 4,
      maxBatchIntervalMillis = 3_600_000,
      awaitMillis = 60_000)
  void shutdown_withAHalfFullBatch_sendsIt(MlflowTracing tracing, Traces traces) {
    tracing.tracer().trace("answer", () -> {
      for (int i = 0; i < 5; i++) {
        tracing.tracer().trace("step", () -> {});
      }
    });

    assertThat(tracing.shutdown(LONG).isSuccess()).isTrue();

    assertThat(traces.traces())
        .singleElement()
        .satisfies(trace -> assertThat(trace).hasSpanCount(6));
    assertThat(traces.exports())
        .deliveredExactlyOnce()
        .hasNoSpanBatchLargerThan(4)
        .hasOrderInEachTrace(Endpoint.UC_SPANS);
  }
}
// end-recipe
