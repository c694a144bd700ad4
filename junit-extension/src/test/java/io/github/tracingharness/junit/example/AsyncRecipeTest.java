package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class AsyncRecipeTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** A span that outlives the method that starts it is not made current, and names its parent. */
  private CompletableFuture<String> search(MlflowTracer tracer, LiveSpan parent, String index) {
    LiveSpan span = tracer.spanBuilder("search " + index).parent(parent).startDetachedSpan();
    return CompletableFuture.supplyAsync(() -> "hit in " + index, threads)
        .whenComplete((hit, failure) -> {
          span.setOutputs(hit);
          span.end();
        });
  }

  @Test
  void searches_onOtherThreads_areChildrenOfTheRequest(MlflowTracer tracer, Traces traces) {
    LiveSpan request = tracer.spanBuilder("request").noParent().startDetachedSpan();
    search(tracer, request, "web")
        .thenCombine(search(tracer, request, "wiki"), (web, wiki) -> web + ", " + wiki)
        .whenComplete((hits, failure) -> {
          request.setOutputs(hits);
          request.end();
        })
        .join();

    assertThat(traces.awaitTrace())
        .hasTree("""
            request
              search web
              search wiki
            """)
        .hasOnlyEndedSpans()
        .hasSpan("request", span -> span.hasOutputs("hit in web, hit in wiki"));
  }
}
// end-recipe
