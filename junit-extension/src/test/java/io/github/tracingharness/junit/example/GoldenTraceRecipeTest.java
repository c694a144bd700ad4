package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class GoldenTraceRecipeTest {

  private static void answer(MlflowTracer tracer, String question) {
    try (LiveSpan answer = tracer.startSpan("answer")) {
      answer.setInputs(question);
      try (LiveSpan retrieve = tracer.startSpan("retrieve")) {
        retrieve.setSpanType(SpanType.RETRIEVER).setOutputs(List.of("doc-1", "doc-7"));
      }
      answer.setOutputs("A named and timed operation.");
    }
  }

  @Test
  void answer_isTracedAsBefore(MlflowTracer tracer, Traces traces) {
    answer(tracer, "What is a span?");

    assertThat(traces.awaitTrace()).matchesGolden("cookbook/answer");
  }
}
// end-recipe
