package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import java.util.Map;

/** The traced call of all benchmarks: a root with inputs and outputs, two children with outputs. */
final class TracedCall implements Runnable {

  private static final Map<String, Object> INPUTS =
      Map.of("question", "What is a span?", "limit", 3);

  private final MlflowTracer tracer;

  TracedCall(MlflowTracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public void run() {
    try (LiveSpan root = tracer.startSpan("answer")) {
      root.setInputs(INPUTS);
      child("retrieve");
      child("generate");
      root.setOutputs(SpanPipeline.OUTPUTS);
    }
  }

  private void child(String name) {
    try (LiveSpan span = tracer.startSpan(name)) {
      span.setOutputs(SpanPipeline.OUTPUTS);
    }
  }
}
