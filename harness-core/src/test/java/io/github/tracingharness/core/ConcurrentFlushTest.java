package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UC_SPANS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.export.OverloadPolicy;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A flush amid other threads: what ended before it is at the server, whatever they were about to do
 * with it, and it ends in time, whatever they are doing.
 */
class ConcurrentFlushTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 60;

  private final TrackingServerDouble server = new TrackingServerDouble();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void flush_afterTheEndOfASpan_spanIsAtTheTrackingServer() throws Exception {
    // Most offers find no room, so a flush meets threads that are about to find that out.
    flushAfterEachSpan(Tracings.builder(server, true).maxQueueSize(1));
  }

  @Test
  void flush_afterTheEndOfASpan_spanIsAtTheOtlpEndpoint() throws Exception {
    flushAfterEachSpan(Tracings.builder(server, true)
        .environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", server.uri() + "/otlp/"))
        .maxBatchInterval(Duration.ofHours(1)));
  }

  @Test
  void flush_afterTheEndOfASpan_spanIsInUnityCatalog() throws Exception {
    flushAfterEachSpan(Tracings.builder(server, true)
        .destination(new UcSchema("catalog", "schema"))
        .maxBatchInterval(Duration.ofHours(1)));
  }

  /** Both spans are in one trace, and the thread that is held up has taken both. */
  @Test
  void flush_whileAnotherThreadIsAboutToFindNoRoom_spanIsAtTheServer() throws Exception {
    server.hold(LOG_SPANS);
    try (MlflowTracing tracing = Tracings.builder(server, true)
        .maxWorkers(1)
        .maxQueueSize(1)
        .overloadPolicy(OverloadPolicy.block(Duration.ofMillis(500)))
        .build()) {
      tracing.tracer().trace("at work", () -> {});
      server.awaitArrivals(LOG_SPANS, 1);
      tracing.tracer().trace("in the queue", () -> {});
      LiveSpan root = tracing.tracer().spanBuilder("root").noParent().startDetachedSpan();
      LiveSpan first = tracing.tracer().spanBuilder("first;").parent(root).startDetachedSpan();
      Thread heldUp = new Thread(first::end);
      heldUp.start();
      while (heldUp.getState() != Thread.State.TIMED_WAITING) {
        assertThat(heldUp.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      tracing.tracer().spanBuilder("second;").parent(root).startDetachedSpan().end();
      Future<FlushResult> flush = threads.submit(() -> tracing.flush(Tracings.SOON));
      heldUp.join(TimeUnit.SECONDS.toMillis(20));
      server.release(LOG_SPANS);

      assertThat(flush.get(60, TimeUnit.SECONDS).status()).isEqualTo(Status.SUCCESS);
      assertThat(server.calls(LOG_SPANS)).anyMatch(call -> text(call).contains("second;"));
      root.end();
    }
  }

  @Test
  void flush_whileAnotherThreadExportsToTheTrackingServer_endsAtItsDeadline() throws Exception {
    flushDuringExport(Tracings.builder(server, false), LOG_SPANS);
  }

  @Test
  void flush_whileAnotherThreadExportsToAnOtlpEndpoint_endsAtItsDeadline() throws Exception {
    flushDuringExport(
        Tracings.builder(server, false)
            .environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", server.uri() + "/otlp/")),
        "POST /otlp/v1/traces");
  }

  @Test
  void flush_whileAnotherThreadExportsToUnityCatalog_endsAtItsDeadline() throws Exception {
    flushDuringExport(
        Tracings.builder(server, false).destination(new UcSchema("catalog", "schema")), UC_SPANS);
  }

  private void flushDuringExport(MlflowTracing.Builder builder, String endpoint) throws Exception {
    server.hold(endpoint);
    try (MlflowTracing tracing = builder.build()) {
      Future<?> export = threads.submit(() -> tracing.tracer().trace("root", () -> {}));
      server.awaitArrivals(endpoint, 1);
      Future<FlushResult> flush = threads.submit(() -> tracing.flush(Duration.ofMillis(50)));

      // The answer comes afterwards, so a flush that waited for it would never be done.
      assertThat(flush.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.TIMEOUT);
      server.release(endpoint);
      export.get(60, TimeUnit.SECONDS);
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);
    }
  }

  /** Several threads end spans of one trace, and each flushes after each of its own. */
  private void flushAfterEachSpan(MlflowTracing.Builder builder) throws Exception {
    try (MlflowTracing tracing = builder.build()) {
      CyclicBarrier turn = new CyclicBarrier(THREADS);
      LiveSpan root = tracing.tracer().spanBuilder("root").noParent().startDetachedSpan();
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String prefix = "span-" + thread + "-";
        done.add(threads.submit(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            String name = prefix + round + ";";
            turn.await(60, TimeUnit.SECONDS);
            tracing.tracer().spanBuilder(name).parent(root).startDetachedSpan().end();
            assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);
            assertThat(server.calls()).as(name).anyMatch(call -> text(call).contains(name));
          }
          return null;
        }));
      }
      for (Future<?> thread : done) {
        thread.get(120, TimeUnit.SECONDS);
      }
      root.end();
    }
  }

  private static String text(Call call) {
    return new String(call.body(), StandardCharsets.ISO_8859_1);
  }
}
