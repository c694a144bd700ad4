package io.github.tracingharness.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A benchmark that can be made worse from outside, to see that the comparison finds it:
 * {@code -Dbench.planted.work=1.3} for 30 % more work, {@code -Dbench.planted.bytes=64} for 64 more
 * bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlantedBenchmark {

  private static final int TOKENS = 2000;
  private static final int BYTES = 1024;

  private final long tokens =
      Math.round(TOKENS * Double.parseDouble(System.getProperty("bench.planted.work", "1")));
  private final int bytes = BYTES + Integer.getInteger("bench.planted.bytes", 0);

  /** Works a little and allocates a little. */
  @Benchmark
  public byte[] work() {
    Blackhole.consumeCPU(tokens);
    return new byte[bytes];
  }
}
