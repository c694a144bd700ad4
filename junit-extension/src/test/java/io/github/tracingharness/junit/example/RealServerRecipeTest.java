package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class RealServerRecipeTest {

  @Test
  void answer_isStored_byWhicheverServer(MlflowTracer tracer, Traces traces) {
    try (LiveSpan answer = tracer.startSpan("answer")) {
      answer.setInputs(Map.of("question", "What is a span?"));
      answer.addEvent("cache miss", Map.of("size", 5));
      try (LiveSpan retrieve = tracer.startSpan("retrieve")) {
        retrieve.setSpanType(SpanType.RETRIEVER).setOutputs(List.of("doc-1", 0.5));
      }
      answer.trace().tag("model", "m1");
    }

    assertThat(traces.awaitTrace())
        .hasState(TraceState.OK)
        .hasTree("answer\n  retrieve")
        .hasTag("model", "m1")
        .hasConsistentSizeStatistics()
        .hasSpan(
            "answer", span -> span.hasInput("question", "What is a span?").hasEvent("cache miss"))
        .hasSpan(
            "retrieve", span -> span.hasType(SpanType.RETRIEVER).hasOutputs(List.of("doc-1", 0.5)));
    assertThat(traces.exports()).deliveredExactlyOnce();
  }
}
// end-recipe
