package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThatTraces;

import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class ConcurrentTracesRecipeTest {

  private static final int REQUESTS = 100;

  @Test
  void hundredRequests_atOnce_leaveHundredCompleteTraces(MlflowTracer tracer, Traces traces)
      throws Exception {
    CyclicBarrier allOpen = new CyclicBarrier(REQUESTS);
    ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
    List<Future<?>> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int number = i;
      requests.add(threads.submit(() -> {
        try (LiveSpan request = tracer.startSpan("request " + number)) {
          allOpen.await(60, TimeUnit.SECONDS); // all hundred roots are open here
          tracer.trace("retrieve", () -> {});
          tracer.trace("generate", () -> {});
          return request.traceId();
        }
      }));
    }
    threads.shutdown();
    for (Future<?> request : requests) {
      request.get(60, TimeUnit.SECONDS);
    }

    List<StoredTrace> stored = traces.awaitTraces(REQUESTS);
    assertThatTraces(stored).allHaveState(TraceState.OK).allSatisfy(trace -> {
      String root = trace.root().orElseThrow().name();
      assertThat(trace).hasTree(root + "\n  retrieve\n  generate").hasConsistentSizeStatistics();
    });
    assertThatTraces(stored)
        .extracting(trace -> trace.root().orElseThrow().name())
        .doesNotHaveDuplicates();
    assertThat(traces.exports()).deliveredExactlyOnce();
  }
}
// end-recipe
