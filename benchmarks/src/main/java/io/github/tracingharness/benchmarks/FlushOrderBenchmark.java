package io.github.tracingharness.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long a burst and its flush take while other threads go on ending spans, and that all of it is
 * at the sink when the flush returns. The batch span processor has no place here: a flush that
 * begins in the moment in which another succeeds returns with that one's result.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class FlushOrderBenchmark {

  /** Spans of one burst. */
  static final int BURST = 100;

  /** Name of the pipeline, see {@link SpanPipeline#create}. */
  @Param("tracing-harness")
  public String pipeline;

  private SpanLoad load;
  private long ended;

  /** Starts the pipeline and the threads that end spans. */
  @Setup
  public void start() {
    load = SpanLoad.start(pipeline);
  }

  /** Ends 100 spans, flushes, and sees whether these have arrived; time of all together. */
  @Benchmark
  public void burst() {
    for (int i = 0; i < BURST; i++) {
      load.pipeline().oneSpan(Arrivals.MARK);
    }
    ended += BURST;
    load.pipeline().flush();
    long arrived = load.arrivals().marked();
    if (arrived != ended) {
      throw new IllegalStateException(
          "of " + ended + " spans that ended before a flush, " + arrived + " are there after it");
    }
  }

  /** Ends the threads and the pipeline. */
  @TearDown
  public void stop() throws Exception {
    load.stop();
  }
}
