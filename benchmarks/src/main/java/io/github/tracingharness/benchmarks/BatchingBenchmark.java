package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.BatchLimits;
import io.github.tracingharness.core.export.BatcherAccess;
import io.github.tracingharness.core.export.QueueLimits;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Spans that ended before, from the hand-over of the first to the export of the last, by what makes
 * a batch due. Nothing is flushed; there is room for two bursts.
 */
@BenchmarkMode(Mode.AverageTime)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class BatchingBenchmark {

  /** Spans of eight full batches. */
  static final int FULL_BATCHES = 4096;

  /** Spans of a burst that is no full batch. */
  static final int FEW = 10;

  private static final int BATCH = 512;
  private static final int ROOM = 2 * FULL_BATCHES;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofMillis(10);

  /** A processor and the exporter behind it. */
  @State(Scope.Benchmark)
  public static class Contender {

    /** Name of the processor, see {@link HandOver#create}. */
    @Param({"span batcher", "BatchSpanProcessor"})
    public String processor;

    private final ReadableSpan span = endedSpan();
    private HandOver handOver;

    /** Starts the processor. */
    @Setup
    public void start() {
      handOver = HandOver.create(processor, new BatchLimits(BATCH, INTERVAL, ROOM));
    }

    void export(int spans) {
      long target = handOver.exporter().spans() + spans;
      for (int i = 0; i < spans; i++) {
        handOver.processor().onEnd(span);
      }
      await(handOver.exporter()::spans, target);
    }

    /** Ends the processor. */
    @TearDown
    public void stop() {
      handOver.processor().close();
    }
  }

  /** A batcher whose spans go to several places in turn. */
  @State(Scope.Benchmark)
  public static class ByLocation {

    /** How many places there are. */
    @Param({"1", "8"})
    public int locations;

    private List<ReadableSpan> spans;
    private BatcherAccess batcher;

    /** Starts the batcher. */
    @Setup
    public void start() {
      spans = Stream.generate(BatchingBenchmark::endedSpan).limit(locations).toList();
      Map<ReadableSpan, SpanExporter> exporters = new HashMap<>();
      spans.forEach(span -> exporters.put(span, new CountingExporter()));
      batcher = new BatcherAccess(
          new BatchLimits(BATCH, INTERVAL, ROOM),
          new QueueLimits(ROOM / BATCH * locations, 1),
          exporters::get);
    }

    /** Ends the batcher. */
    @TearDown
    public void stop() {
      batcher.close();
    }
  }

  /**
   * Exports 4096 spans in batches of 512; time per span. A worker that does not notice that a batch
   * is full, as the peer's at times, sends it when 10 ms have passed.
   */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @OperationsPerInvocation(FULL_BATCHES)
  public void bySize(Contender state) {
    state.export(FULL_BATCHES);
  }

  /** Exports 10 spans, which go when 10 ms have passed; time of all together. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void byInterval(Contender state) {
    state.export(FEW);
  }

  /**
   * Exports 4096 spans in batches of 512, each of which makes one task per place; time per span.
   */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @OperationsPerInvocation(FULL_BATCHES)
  public void byLocation(ByLocation state) {
    long target = state.batcher.delivered() + FULL_BATCHES;
    for (int i = 0; i < FULL_BATCHES; i++) {
      state.batcher.add(state.spans.get(i % state.locations));
    }
    await(state.batcher::delivered, target);
  }

  private static void await(LongSupplier exported, long target) {
    Backoff backoff = new Backoff();
    Deadline deadline = Deadline.after(PATIENCE);
    while (exported.getAsLong() < target) {
      if (deadline.passed()) {
        throw new IllegalStateException(target - exported.getAsLong() + " spans do not arrive");
      }
      backoff.pause();
    }
  }

  /** Makes a span; without any processor it would not be recorded. */
  private static ReadableSpan endedSpan() {
    try (SdkTracerProvider provider = SdkTracerProvider.builder()
        .addSpanProcessor(SimpleSpanProcessor.create(new CountingExporter()))
        .build()) {
      Span span = provider.get("benchmark").spanBuilder("op").startSpan();
      span.end();
      return (ReadableSpan) span;
    }
  }
}
