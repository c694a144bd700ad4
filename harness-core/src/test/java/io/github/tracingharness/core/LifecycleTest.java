package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LINK_PROMPTS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads, queue, flush, shutdown. */
@SuppressWarnings("try") // A span that is only started and ended.
class LifecycleTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asynchronous_100TracesFrom10Threads_arriveOnceAndCallersAreNotHeldUp() throws Exception {
    server.withoutSpanStore().hold(START_TRACE);
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      ExecutorService callers = Executors.newFixedThreadPool(10);
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 10; thread++) {
        done.add(callers.submit(() -> {
          for (int i = 0; i < 10; i++) {
            tracing.tracer().trace("root", () -> {});
          }
        }));
      }
      // No answer was given yet, so callers that waited for one would never be done.
      for (Future<?> caller : done) {
        caller.get(60, TimeUnit.SECONDS);
      }
      callers.shutdown();
      assertThat(tracing.flush(Duration.ofMillis(1)).status()).isEqualTo(Status.TIMEOUT);
      server.release(START_TRACE);

      FlushResult result = tracing.flush(Tracings.SOON);

      assertThat(result.status()).isEqualTo(Status.SUCCESS);
      Set<String> ids = new HashSet<>();
      server
          .calls(START_TRACE)
          .forEach(call -> ids.add(call.json().at("/trace/trace_info/trace_id").asText()));
      assertThat(ids).hasSize(100);
      assertThat(server.calls(START_TRACE)).hasSize(100);
      assertThat(server.calls(UPLOAD)).hasSize(100);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(100);
    }
  }

  @Test
  void overload_64Threads_accountsForEveryTraceAndWarnsOnce() throws Exception {
    server.withoutSpanStore().hold(START_TRACE);
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            Tracings.builder(server, true).maxQueueSize(8).maxWorkers(2).build()) {
      CyclicBarrier start = new CyclicBarrier(64);
      ExecutorService callers = Executors.newFixedThreadPool(64);
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 64; thread++) {
        done.add(callers.submit(() -> {
          start.await();
          for (int i = 0; i < 20; i++) {
            try (LiveSpan root = tracing.tracer().startSpan("root")) {
              tracing.tracer().startSpan("child").end();
            }
          }
          return null;
        }));
      }
      for (Future<?> caller : done) {
        caller.get(60, TimeUnit.SECONDS);
      }
      callers.shutdown();
      server.release(START_TRACE);
      FlushResult result = tracing.flush(Tracings.SOON);

      TracingStats stats = tracing.stats();
      assertThat(stats.traces().created()).isEqualTo(64 * 20);
      assertThat(stats.traces().pending()).isZero();
      assertThat(stats.spans().created()).isEqualTo(2 * 64 * 20);
      assertThat(stats.spans().pending()).isZero();
      assertThat(stats.traces().dropped()).containsOnlyKeys(DropReason.QUEUE_FULL);
      assertThat(stats.traces().delivered())
          .isEqualTo(server.calls(UPLOAD).size())
          .isPositive();
      assertThat(stats.spans().delivered()).isEqualTo(2 * stats.traces().delivered());
      assertThat(result.status()).isEqualTo(Status.FAILURE);
      assertThat(result.tracesDropped()).isEqualTo(stats.traces().droppedInAll());
      assertThat(log.lines("Trace export queue is full")).hasSize(1);
    }
  }

  @Test
  void synchronous_callerReturns_traceIsAtTheServer() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(tracing.stats().traces().pending()).isZero();
    }
  }

  @Test
  void notebook_asyncUnset_exportsSynchronouslyAndExplicitSettingWins() {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of("DATABRICKS_RUNTIME_VERSION", "17.0"))
        .trackingUri(server.uri())
        .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(server.calls(START_TRACE)).hasSize(1);
    }
    server.hold(START_TRACE);
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "True"))
        .notebook(true)
        .trackingUri(server.uri())
        .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.stats().traces().pending()).isEqualTo(1);
      server.release(START_TRACE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void childOnAnotherThread_endsAfterTheRoot_traceWaitsForIt(boolean async) throws Exception {
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      LiveSpan root = tracing.tracer().startSpan("root");
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      assertThat(tracing.stats().traces().pending()).isEqualTo(1);
      Thread other = new Thread(() -> child.setOutputs("late").end());
      other.start();
      other.join();

      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(server.endpoints()).last().isEqualTo(START_TRACE);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void flush_rootWithOpenChild_exportsTheTraceAndLaterTheChild(boolean async) {
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      assertThat(server.calls(START_TRACE)).isEmpty();

      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(server.calls(START_TRACE)).hasSize(1);
      child.end();
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(server.calls(LOG_SPANS)).hasSize(2);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
  }

  @Test
  void flush_rootWithOpenChildWithoutSpanStore_uploadsTheOpenChildOnce() {
    server.withoutSpanStore();
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      tracing.flush(Tracings.SOON);

      assertThat(server
              .calls(UPLOAD)
              .get(0)
              .json()
              .at("/spans/1/end_time_unix_nano")
              .isNull())
          .isTrue();
      child.end();
      tracing.flush(Tracings.SOON);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
      assertThat(tracing.stats().spans().pending()).isZero();
    }
  }

  @Test
  void flush_openTrace_sendsItsEndedSpansAndSucceeds() {
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      LiveSpan root = tracing.tracer().startSpan("root");
      tracing.tracer().startSpan("child").end();

      FlushResult result = tracing.flush(Tracings.SOON);

      assertThat(result.status()).isEqualTo(Status.SUCCESS);
      assertThat(result.tracesPending()).isEqualTo(1);
      assertThat(server.calls(LOG_SPANS)).hasSize(1);
      root.end();
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void flush_waitsForThePromptLinks() {
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.trace().prompt(PromptVersion.of("p", 1));
      }
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(LINK_PROMPTS)).hasSize(1);
    }
  }

  @Test
  void flush_nothingToDo_succeedsAtOnce() {
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      assertThat(tracing.flush(Duration.ZERO).status()).isEqualTo(Status.SUCCESS);
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void end_twice_exportsOnce() {
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      LiveSpan root = tracing.tracer().startSpan("root");
      root.end();
      root.end(5);
      root.setAttribute("late", 1);
      root.otelSpan().end();
    }

    assertThat(server.calls(START_TRACE)).hasSize(1);
    assertThat(server.calls(LOG_SPANS).get(0).spans().get(0).getAttributesList())
        .noneMatch(pair -> pair.getKey().equals("late"));
  }

  @Test
  void shutdown_halfWay_dropsWhatIsLeftAndAccountsForAll() throws Exception {
    server.withoutSpanStore().hold(START_TRACE);
    MlflowTracing tracing = Tracings.builder(server, true).maxWorkers(1).build();
    for (int i = 0; i < 10; i++) {
      tracing.tracer().trace("root", () -> {});
    }
    server.awaitArrivals(START_TRACE, 1);

    FlushResult result = tracing.shutdown(Duration.ofMillis(100));

    assertThat(result.status()).isEqualTo(Status.TIMEOUT);
    Counts traces = tracing.stats().traces();
    assertThat(traces.pending()).isZero();
    assertThat(traces.dropped())
        .containsEntry(DropReason.SHUTDOWN, 9L)
        .containsEntry(DropReason.START_TRACE_FAILED, 1L);
    assertThat(tracing.stats().spans().pending()).isZero();
    assertThat(tracing.shutdown(Tracings.SOON)).isSameAs(result);
  }

  @Test
  void shutdown_retriesUnderWay_areGivenUpAtTheDeadline() throws Exception {
    server.always(START_TRACE, TrackingServerDouble.Answer.status(503).with("Retry-After", "3600"));
    MlflowTracing tracing = Tracings.start(server, true);
    tracing.tracer().trace("root", () -> {});
    server.awaitArrivals(START_TRACE, 1);

    FlushResult result = tracing.shutdown(Duration.ofSeconds(20));

    // The wait of an hour cannot end in time, so nothing is waited for.
    assertThat(result.status()).isEqualTo(Status.FAILURE);
    assertThat(tracing.stats().traces().dropped()).containsKey(DropReason.START_TRACE_FAILED);
  }

  @Test
  void shutdown_openRoot_isLostWithAWarning() {
    try (LogCapture log = new LogCapture()) {
      MlflowTracing tracing = Tracings.start(server, true);
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();

      FlushResult result = tracing.shutdown(Tracings.SOON);
      root.end();

      assertThat(result.status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.NEVER_ENDED, 1L));
      assertThat(tracing.stats().spans().dropped())
          .containsExactly(Map.entry(DropReason.NEVER_ENDED, 1L));
      assertThat(log.text()).contains("1 traces are lost at shutdown");
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void spanAfterShutdown_isNotRecordedAndSaysSoOnce() {
    MlflowTracing tracing = Tracings.start(server, true);
    tracing.shutdown(Tracings.SOON);
    try (LogCapture log = new LogCapture()) {
      try (LiveSpan span = tracing.tracer().startSpan("late")) {
        assertThat(span.traceId()).isEqualTo(TraceIds.NO_OP_TRACE_ID);
        span.setInputs(1).setOutputs(2);
      }
      tracing.tracer().startSpan("later").end();

      assertThat(log.lines("Tracing was shut down")).hasSize(1);
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void buffer_tooManyOpenTraces_givesUpTheOldest() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.builder(server, true)
            .environment(Map.of("MLFLOW_TRACE_BUFFER_MAX_SIZE", "2"))
            .build()) {
      List<LiveSpan> roots = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        roots.add(tracing.tracer().spanBuilder("root" + i).noParent().startDetachedSpan());
      }
      roots.forEach(LiveSpan::end);

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.BUFFER_FULL, 1L));
      assertThat(tracing.stats().traces().delivered()).isEqualTo(2);
      assertThat(tracing.stats().spans().pending()).isZero();
      assertThat(log.text())
          .contains(roots.get(0).traceId())
          .contains("MLFLOW_TRACE_BUFFER_MAX_SIZE");
    }
  }

  @Test
  void buffer_oldestHasEndedRoot_isExported() {
    server.withoutSpanStore();
    try (MlflowTracing tracing = Tracings.builder(server, true)
        .environment(Map.of("MLFLOW_TRACE_BUFFER_MAX_SIZE", "1"))
        .build()) {
      LiveSpan root = tracing.tracer().spanBuilder("root").noParent().startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      tracing.tracer().trace("next", () -> {});
      child.end();
      tracing.flush(Tracings.SOON);

      assertThat(tracing.stats().traces().delivered()).isEqualTo(2);
      Counts spans = tracing.stats().spans();
      assertThat(spans.delivered() + spans.droppedInAll()).isEqualTo(3);
    }
  }

  @Test
  void sampling_ratioZero_sendsNothing() {
    try (MlflowTracing tracing = Tracings.builder(server, true)
        .environment(Map.of("MLFLOW_TRACE_SAMPLING_RATIO", "0"))
        .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.lastActiveTraceId()).isEmpty();
      assertThat(tracing.stats().spans().created()).isZero();
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void interruptedCaller_synchronousExport_deliversAndStaysInterrupted() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      Thread.currentThread().interrupt();
      tracing.tracer().trace("root", () -> {});

      assertThat(Thread.interrupted()).isTrue();
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }
  }

  @Test
  void exitOfTheJvm_withoutShutdown_deliversTheTrace() throws Exception {
    Process process = startExitProgram();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).as(output(process)).isEqualTo(7);
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  private Process startExitProgram() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ExitProgram.class.getName(),
            server.uri())
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Traces and exits at once. */
  static final class ExitProgram {

    private ExitProgram() {}

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
      MlflowTracing tracing = MlflowTracing.builder()
          .environment(Map.of())
          .trackingUri(arguments[0])
          .asyncExport(true)
          .build();
      tracing.tracer().trace("root", () -> {});
      System.exit(7);
    }
  }
}
