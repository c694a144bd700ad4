package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * Cost per span of all that is done with it, in synchronous mode and so on one thread, with growing
 * traces and with a growing number of traces that are open meanwhile.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class GrowthBenchmark {

  /** Spans of one call, however many traces they are in. */
  static final int SPANS = 10_000;

  private static MlflowTracing pipeline(boolean async) {
    return MlflowTracing.builder()
        .environment(Map.of("MLFLOW_TRACE_BUFFER_MAX_SIZE", "1000000"))
        .trackingUri("http://127.0.0.1:1")
        .experimentId("0")
        .asyncExport(async)
        .maxQueueSize(100_000)
        .transport(new InstantServer())
        .build();
  }

  /** Traces of a size. */
  @State(Scope.Benchmark)
  public static class SpansPerTrace {

    /** Spans in each trace. */
    @Param({"1", "10", "100", "1000", "10000"})
    public int spans;

    private MlflowTracing tracing;

    /** Starts the pipeline. */
    @Setup
    public void start() {
      tracing = pipeline(true);
    }

    /** Ends the pipeline. */
    @TearDown
    public void stop() {
      tracing.close();
    }
  }

  /** Traces that stay open. */
  @State(Scope.Benchmark)
  public static class OpenTraces {

    /** How many are open. */
    @Param({"10", "100", "1000", "10000"})
    public int open;

    private final List<LiveSpan> roots = new ArrayList<>();
    private MlflowTracing tracing;

    /** Starts the pipeline and opens the traces. */
    @Setup
    public void start() {
      tracing = pipeline(false);
      for (int i = 0; i < open; i++) {
        roots.add(tracing.tracer().spanBuilder("open").noParent().startDetachedSpan());
      }
    }

    /** Ends the traces and the pipeline. */
    @TearDown
    public void stop() {
      roots.forEach(LiveSpan::end);
      roots.clear();
      tracing.close();
    }
  }

  /** Makes 10,000 spans in traces of the size and waits until they are delivered. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public void spansPerTrace(SpansPerTrace state) {
    MlflowTracer tracer = state.tracing.tracer();
    for (int made = 0; made < SPANS; made += state.spans) {
      LiveSpan root = tracer.spanBuilder("root").noParent().startDetachedSpan();
      for (int i = 1; i < state.spans; i++) {
        tracer.spanBuilder("child").parent(root).startDetachedSpan().end();
      }
      root.end();
    }
    if (!state.tracing.flush(java.time.Duration.ofSeconds(30)).isSuccess()) {
      throw new IllegalStateException("the flush did not succeed");
    }
  }

  /** Makes a trace of one span while others are open. */
  @Benchmark
  public void openTraces(OpenTraces state) {
    state.tracing.tracer().spanBuilder("root").noParent().startDetachedSpan().end();
  }
}
