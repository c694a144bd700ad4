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
 * What the traced thread pays. Each thread traces without a pause, so both contenders are saturated
 * and drop what finds no room; the score is the price of a span whether or not it is kept. With
 * more threads than cores it includes the wait for a core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class SpanCostBenchmark {

  /** Name of the pipeline, see {@link SpanPipeline#create}. */
  @Param({"tracing-harness", "BatchSpanProcessor"})
  public String pipeline;

  private SpanPipeline contender;

  /** Starts the pipeline. */
  @Setup
  public void startPipeline() {
    contender = SpanPipeline.create(pipeline);
  }

  /** Starts and ends one root span. */
  @Benchmark
  public void oneSpan() {
    contender.oneSpan();
  }

  /** Traces a call with two nested steps: three spans with inputs and outputs. */
  @Benchmark
  public void tracedCall() {
    contender.tracedCall();
  }

  /** Ends the pipeline. */
  @TearDown
  public void stopPipeline() {
    contender.close();
  }
}
