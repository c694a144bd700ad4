package io.github.tracingharness.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * How long a flush takes while other threads go on ending spans. A pause of 0.1 ms lies before each
 * flush and is not counted: the peer answers one that follows the last at once with that one's
 * result.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class FlushUnderLoadBenchmark {

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** Name of the pipeline, see {@link SpanPipeline#create}. */
  @Param({"tracing-harness", "BatchSpanProcessor"})
  public String pipeline;

  private SpanLoad load;

  /** Starts the pipeline and the threads that end spans. */
  @Setup(Level.Trial)
  public void start() {
    load = SpanLoad.start(pipeline);
  }

  /** Lets the flush before come to its end. */
  @Setup(Level.Invocation)
  public void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** Flushes. */
  @Benchmark
  public void latency() {
    load.pipeline().flush();
  }

  /** Ends the threads and the pipeline. */
  @TearDown(Level.Trial)
  public void stop() throws Exception {
    load.stop();
  }
}
