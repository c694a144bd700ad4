package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.OtlpAccess;
import io.github.tracingharness.core.export.SizeStatsAccess;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is made of a trace before it is sent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class EncodingBenchmark {

  private static final String TRACE_ID = "tr-4bf92f3577b34da6a3ce929d0e0e4736";

  /** Spans of the trace. */
  @Param({"3", "100"})
  public int spans;

  private Trace trace;

  /** Makes the trace. */
  @Setup
  public void make() {
    List<Span> all = new ArrayList<>();
    for (int i = 0; i < spans; i++) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put("mlflow.traceRequestId", JsonText.of(TRACE_ID));
      attributes.put("mlflow.spanType", JsonText.of("CHAT_MODEL"));
      attributes.put("mlflow.spanInputs", JsonText.of(Map.of("question", "What is a span?")));
      attributes.put("mlflow.spanOutputs", JsonText.of(SpanPipeline.OUTPUTS));
      attributes.put("gen_ai.request.model", "m-1");
      all.add(new Span(
          TRACE_ID,
          String.format("%016x", i + 1),
          i == 0 ? null : String.format("%016x", 1),
          "step " + i,
          1_700_000_000_000_000_000L + i,
          OptionalLong.of(1_700_000_000_100_000_000L + i),
          List.of(),
          SpanStatus.OK,
          attributes,
          List.of()));
    }
    trace = new Trace(
        new TraceInfo(
            TRACE_ID,
            null,
            new TraceLocation.Experiment("0"),
            "What is a span?",
            SpanPipeline.OUTPUTS,
            1_700_000_000_000L,
            100L,
            TraceState.OK,
            Map.of("mlflow.trace_schema.version", "3"),
            Map.of("mlflow.traceName", "answer")),
        new TraceData(all));
  }

  /** Encodes the spans as OTLP. */
  @Benchmark
  public byte[] otlp() {
    return OtlpAccess.encode(Map.of("service.name", "bench"), trace.data().spans());
  }

  /** Writes the spans as JSON, and adds up their sizes as it does. */
  @Benchmark
  public TraceDataText json() {
    return TraceDataText.of(trace.data());
  }

  /** Adds up the sizes of the spans. */
  @Benchmark
  public Trace sizeStatistics() {
    return SizeStatsAccess.addTo(trace);
  }
}
