package io.github.tracingharness.benchmarks;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Spans of OpenTelemetry's SDK that go to a processor with a no-op exporter behind it: what a span
 * costs the thread that makes it, and how many arrive while all threads make spans without a pause
 * or as many as is asked of them.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class SpanEndBenchmark {

  /** Spans that {@link #offered} makes, in all threads together. */
  static final long OFFERED_PER_SECOND = 2_000_000;

  /** Name of the processor, see {@link HandOver#create}. */
  @Param({"span batcher", "trace pipeline", "BatchSpanProcessor", "no hand-over"})
  public String processor;

  private HandOver handOver;
  private SdkTracerProvider provider;
  private Tracer tracer;

  /** Counts what arrives at the exporter; each thread reports its share. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Arrivals {

    private HandOver handOver;
    private long before;
    private boolean first;

    /** Notes what has arrived so far. */
    @Setup(Level.Iteration)
    public void begin(SpanEndBenchmark benchmark, ThreadParams thread) {
      handOver = benchmark.handOver;
      before = handOver.exporter().spans();
      first = thread.getThreadIndex() == 0;
    }

    /** Returns how many arrived in this iteration. */
    public long delivered() {
      return first ? handOver.exporter().spans() - before : 0;
    }
  }

  /** Keeps a thread to its share of {@link #OFFERED_PER_SECOND}. */
  @State(Scope.Thread)
  public static class Pace {

    private long interval;
    private long next;

    /** Begins anew, whatever was missed in a pause. */
    @Setup(Level.Iteration)
    public void begin(ThreadParams thread) {
      interval = TimeUnit.SECONDS.toNanos(1) * thread.getThreadCount() / OFFERED_PER_SECOND;
      next = System.nanoTime();
    }

    /** Waits until the next span is due; one that is late does not make the others late. */
    void await() {
      next += interval;
      long ahead = next - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      }
    }
  }

  /** Starts the processor. */
  @Setup
  public void start() {
    handOver = HandOver.create(processor);
    provider =
        SdkTracerProvider.builder().addSpanProcessor(handOver.processor()).build();
    tracer = provider.get("benchmark");
  }

  /** Starts and ends a root span. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void span() {
    tracer.spanBuilder("op").setNoParent().startSpan().end();
  }

  /** Starts and ends a root span; also reports how many spans arrived. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public void saturate(Arrivals arrivals) {
    tracer.spanBuilder("op").setNoParent().startSpan().end();
  }

  /**
   * Starts and ends root spans, two millions per second however many threads there are, in bursts;
   * also reports how many arrived.
   */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public void offered(Arrivals arrivals, Pace pace) {
    pace.await();
    tracer.spanBuilder("op").setNoParent().startSpan().end();
  }

  /** Ends the processor. */
  @TearDown
  public void stop() {
    handOver.processor().close();
  }
}
