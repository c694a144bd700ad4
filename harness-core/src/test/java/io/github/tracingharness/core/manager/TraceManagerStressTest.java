package io.github.tracingharness.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.export.TraceExporter;
import io.github.tracingharness.core.processor.MlflowV3SpanProcessor;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceLocation.Experiment;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads start and end spans of many traces while others flush and look for timeouts. */
class TraceManagerStressTest {

  private static final int THREADS = 8;
  private static final int TRACES = 150;

  private final ExportLedger ledger = new ExportLedger();
  private final Map<String, AtomicInteger> spanOutcomes = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> traceOutcomes = new ConcurrentHashMap<>();

  /** Counts each outcome of each span and trace, and counts them in the ledger at once. */
  private final class CountingExporter implements TraceExporter {

    @Override
    public TraceExport begin(Target target) {
      return new CountingExport(target.traceId());
    }

    @Override
    public void drain(Deadline deadline) {
      // Nothing is held back.
    }

    @Override
    public void close(Deadline deadline) {
      // Nothing is held back.
    }
  }

  private final class CountingExport implements TraceExporter.TraceExport {

    private final String traceId;

    CountingExport(String traceId) {
      this.traceId = traceId;
    }

    @Override
    public boolean keepsAttachments() {
      return true;
    }

    @Override
    public void spanEnded(TraceExporter.EndedSpan ended) {
      count(spanOutcomes, ended.span().traceId() + ended.span().spanId());
      ledger.spans().delivered(1);
    }

    @Override
    public void completed(TraceExporter.Completion completion) {
      Trace trace = completion.trace().get();
      assertThat(trace.data().spans()).isNotEmpty();
      count(traceOutcomes, traceId);
      ledger.traces().delivered(1);
    }

    @Override
    public void abandon(DropReason reason) {
      // The manager counts the trace; its spans that ended are delivered already.
    }

    @Override
    public void abandonSpans(Collection<String> spanIds, DropReason reason) {
      spanIds.forEach(id -> count(spanOutcomes, traceId + id));
      ledger.spans().dropped(reason, spanIds.size());
    }

    @Override
    public void proceed(TraceExporter.@Nullable EndedSpan ended) {
      // Nothing waits.
    }

    @Override
    public void flush(Deadline deadline) {
      // Nothing waits.
    }
  }

  private static void count(Map<String, AtomicInteger> outcomes, String key) {
    outcomes.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
  }

  static IntStream rounds() {
    return IntStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void anyInterleaving_accountsForEverySpanAndTraceOnce(int round) throws Exception {
    long seed = 104_729L * round;
    System.out.println("TraceManagerStressTest seed " + seed);
    Random random = new Random(seed);
    boolean bounded = round % 2 == 0;
    TraceManager manager = new TraceManager(
        new Destinations(new Experiment("1")),
        Map.of(),
        false,
        new TraceLimits(
            bounded ? 3 : 1_000_000,
            round > 2 ? Optional.of(Duration.ofMillis(2)) : Optional.empty(),
            Duration.ofMillis(1),
            new AttachmentRules(true, OptionalLong.empty())),
        new CountingExporter(),
        ledger);
    SdkTracerProvider provider = SdkTracerProvider.builder()
        .addSpanProcessor(new MlflowV3SpanProcessor(manager, null))
        .build();
    Tracer tracer = provider.get("stress");
    CyclicBarrier start = new CyclicBarrier(THREADS + 1);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      long own = random.nextLong();
      done.add(threads.submit(() -> {
        start.await();
        trace(tracer, new Random(own), threads, TRACES);
        return null;
      }));
    }
    done.add(threads.submit(() -> {
      start.await();
      for (int i = 0; i < 200; i++) {
        manager.flush(Deadline.now());
      }
      return null;
    }));
    for (Future<?> thread : done) {
      thread.get(120, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    manager.refuseSpans();
    manager.flush(Deadline.now());
    manager.abandonOpenTraces();

    Counts traces = ledger.traces().counts();
    Counts spans = ledger.spans().counts();
    assertThat(traces.created()).isEqualTo(THREADS * TRACES);
    assertThat(traces.pending()).isZero();
    assertThat(spans.pending()).isZero();
    assertThat(spanOutcomes).allSatisfy((span, times) -> assertThat(times).hasValue(1));
    assertThat(traceOutcomes).allSatisfy((trace, times) -> assertThat(times).hasValue(1));
    assertThat(spanOutcomes).hasSize((int) spans.created());
    if (!bounded) {
      assertThat(traces.delivered()).isEqualTo(THREADS * TRACES);
    }
  }

  /** Ends children on other threads, before and after their root. */
  private static void trace(Tracer tracer, Random random, ExecutorService threads, int count) {
    for (int i = 0; i < count; i++) {
      Span root = tracer.spanBuilder("root").setNoParent().startSpan();
      Context parent = Context.root().with(root);
      int children = random.nextInt(4);
      for (int child = 0; child < children; child++) {
        Span span = tracer.spanBuilder("child").setParent(parent).startSpan();
        if (random.nextBoolean()) {
          threads.execute(span::end);
        } else {
          span.end();
        }
      }
      root.end();
    }
  }
}
