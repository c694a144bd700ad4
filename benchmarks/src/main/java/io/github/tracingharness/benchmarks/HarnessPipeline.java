package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import java.time.Duration;
import java.util.Map;

/**
 * Our pipeline in asynchronous mode with its defaults (1000 traces) and a transport that answers at
 * once. Unlike the peer's exporter it still encodes every trace, on its own threads.
 */
final class HarnessPipeline implements SpanPipeline {

  private static final Map<String, Object> INPUTS =
      Map.of("question", "What is a span?", "limit", 3);

  private final MlflowTracing tracing = MlflowTracing.builder()
      .environment(Map.of())
      .trackingUri("http://127.0.0.1:1")
      .experimentId("0")
      .asyncExport(true)
      .transport(new InstantServer())
      .build();
  private final MlflowTracer tracer = tracing.tracer();

  @Override
  public void oneSpan() {
    tracer.spanBuilder("op").noParent().startDetachedSpan().end();
  }

  @Override
  public void tracedCall() {
    try (LiveSpan root = tracer.startSpan("answer")) {
      root.setInputs(INPUTS);
      child("retrieve");
      child("generate");
      root.setOutputs(OUTPUTS);
    }
  }

  private void child(String name) {
    try (LiveSpan span = tracer.startSpan(name)) {
      span.setOutputs(OUTPUTS);
    }
  }

  @Override
  public void flush() {
    FlushResult result = tracing.flush(Duration.ofSeconds(10));
    if (!result.isSuccess()) {
      throw new IllegalStateException("the flush did not succeed: " + result);
    }
  }

  @Override
  public void close() {
    tracing.close();
  }
}
