package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.processor.MlflowV3SpanProcessor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
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
 * Spans per second of all threads that start and end in the trace manager, each thread in traces of
 * its own, with nothing to do for the exporter. A lock that all traces share would keep the rate
 * from growing with the threads up to the number of cores, and have it fall beyond.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class TraceManagerBenchmark {

  /** Spans of one call, however many traces they are in. */
  static final int SPANS = 10;

  /** Spans in each trace. */
  @Param({"1", "10"})
  public int spansPerTrace;

  private final ExportLedger ledger = new ExportLedger();
  private final NoExporter exporter = new NoExporter();
  private SdkTracerProvider provider;
  private Tracer tracer;

  /** Makes a provider of OpenTelemetry's SDK with a trace manager behind it. */
  @Setup
  public void start() {
    TraceManager manager = HandOver.manager(exporter, ledger);
    provider = SdkTracerProvider.builder()
        .addSpanProcessor(new MlflowV3SpanProcessor(manager, null))
        .build();
    tracer = provider.get("benchmark");
  }

  /** Starts and ends ten spans. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public void spans() {
    for (int made = 0; made < SPANS; made += spansPerTrace) {
      Span root = tracer.spanBuilder("root").setNoParent().startSpan();
      Context parent = Context.root().with(root);
      for (int i = 1; i < spansPerTrace; i++) {
        tracer.spanBuilder("child").setParent(parent).startSpan().end();
      }
      root.end();
    }
  }

  /** Ends the provider and sees whether each trace was handed over. */
  @TearDown
  public void stop() {
    provider.close();
    long created = ledger.traces().counts().created();
    if (exporter.traces() != created) {
      throw new IllegalStateException(
          exporter.traces() + " of " + created + " traces were handed to the exporter");
    }
  }
}
