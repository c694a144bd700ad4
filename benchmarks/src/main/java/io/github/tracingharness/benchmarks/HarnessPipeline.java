package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.tracer.MlflowTracer;
import java.time.Duration;
import java.util.Map;

/**
 * Our pipeline in asynchronous mode with its defaults (1000 traces) and a transport that answers at
 * once. Unlike the peer's exporter it still encodes every trace, on its own threads.
 */
final class HarnessPipeline implements SpanPipeline {

  private final MlflowTracing tracing;
  private final MlflowTracer tracer;
  private final TracedCall call;

  HarnessPipeline(HttpTransport transport) {
    tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri("http://127.0.0.1:1")
        .experimentId("0")
        .asyncExport(true)
        .transport(transport)
        .build();
    tracer = tracing.tracer();
    call = new TracedCall(tracer);
  }

  @Override
  public void oneSpan(String name) {
    tracer.spanBuilder(name).noParent().startDetachedSpan().end();
  }

  @Override
  public void tracedCall() {
    call.run();
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
