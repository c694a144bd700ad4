package io.github.tracingharness.benchmarks;

import java.util.concurrent.TimeUnit;
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

/**
 * How long a burst takes from its first span to the end of the flush after it, nothing lost. The
 * burst fits into the queues of both contenders.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class FlushBenchmark {

  /** Traces of one burst. */
  static final int BURST = 100;

  /** Name of the pipeline, see {@link SpanPipeline#create}. */
  @Param({"tracing-harness", "BatchSpanProcessor"})
  public String pipeline;

  private SpanPipeline contender;

  /** Starts the pipeline. */
  @Setup(Level.Trial)
  public void startPipeline() {
    contender = SpanPipeline.create(pipeline);
  }

  /** Makes 100 traces of one span each and flushes. */
  @Benchmark
  public void burstAndFlush() {
    for (int i = 0; i < BURST; i++) {
      contender.oneSpan();
    }
    contender.flush();
  }

  /**
   * Flushes a pipeline that has nothing to do. The peer answers a flush that follows the last at
   * once with that one's result, so part of its flushes do nothing at all.
   */
  @Benchmark
  public void idleFlush() {
    contender.flush();
  }

  /** Ends the pipeline. */
  @TearDown(Level.Trial)
  public void stopPipeline() {
    contender.close();
  }
}
