package io.github.tracingharness.core.example;

// begin-readme
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.LiveSpan;

public final class FirstTrace {
  public static void main(String[] args) {
    try (MlflowTracing tracing = MlflowTracing.builder().trackingUri(args[0]).build();
        LiveSpan span = tracing.tracer().startSpan("answer")) {
      span.setInputs("What is a span?");
      span.setOutputs("A named and timed operation.");
    }
  }
}
// end-readme
