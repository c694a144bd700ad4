package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Time per trace until 100 traces that were open at once are delivered over HTTP to a raw sink in
 * the same JVM, by the asynchronous export of MLflow's protocol.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ConcurrentTracesBenchmark {

  /** Traces that are open at once. */
  static final int TRACES = 100;

  private static final int CHILDREN = 4;
  private static final int THREADS = 4;

  private RawSink sink;
  private MlflowTracing tracing;
  private ExecutorService threads;

  /** Starts sink, pipeline and threads. */
  @Setup
  public void start() {
    sink = new RawSink();
    tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(sink.url())
        .experimentId("0")
        .asyncExport(true)
        .build();
    threads = Executors.newFixedThreadPool(THREADS);
  }

  /**
   * Starts 100 roots and four children of each, one child of every trace before the second of any;
   * has four threads end all children in that order, and then the roots; flushes.
   */
  @Benchmark
  @OperationsPerInvocation(TRACES)
  public void deliver() throws Exception {
    MlflowTracer tracer = tracing.tracer();
    List<LiveSpan> roots = new ArrayList<>(TRACES);
    for (int i = 0; i < TRACES; i++) {
      roots.add(tracer.spanBuilder("root").noParent().startDetachedSpan());
    }
    List<LiveSpan> children = new ArrayList<>(TRACES * CHILDREN);
    for (int i = 0; i < CHILDREN; i++) {
      roots.forEach(
          root -> children.add(tracer.spanBuilder("child").parent(root).startDetachedSpan()));
    }
    long before = sink.traces();
    endAll(children);
    endAll(roots);
    FlushResult result = tracing.flush(Duration.ofSeconds(30));
    long delivered = sink.traces() - before;
    if (!result.isSuccess() || delivered != TRACES) {
      throw new IllegalStateException(delivered + " traces have arrived; " + result);
    }
  }

  /** Has each thread end every fourth span. */
  private void endAll(List<LiveSpan> spans) throws Exception {
    List<Callable<Void>> shares = new ArrayList<>(THREADS);
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      shares.add(() -> {
        for (int i = first; i < spans.size(); i += THREADS) {
          spans.get(i).end();
        }
        return null;
      });
    }
    for (Future<Void> share : threads.invokeAll(shares)) {
      share.get();
    }
  }

  /** Ends all of them. */
  @TearDown
  public void stop() {
    threads.shutdown();
    tracing.close();
    sink.close();
  }
}
