package io.github.tracingharness.junit.example;

// begin-readme
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

@ExtendWith(TracingHarness.class)
class ReadmeExampleTest {

  @Test
  void answer_isTraced(MlflowTracer tracer, Traces traces) {
    try (LiveSpan answer = tracer.startSpan("answer")) {
      answer.setInputs(Map.of("question", "What is a span?"));
      try (LiveSpan retrieve = tracer.startSpan("retrieve")) {
        retrieve.setSpanType(SpanType.RETRIEVER).setOutputs(List.of("doc-1", "doc-7"));
      }
      answer.setOutputs("A named and timed operation.");
      tracer.currentTrace().tag("model", "m1");
    }

    assertThat(traces.awaitTrace())
        .hasState(TraceState.OK)
        .hasRoot("answer")
        .hasTag("model", "m1")
        .hasRequestPreview("{\"question\": \"What is a span?\"}")
        .hasSpan(
            "retrieve",
            span -> span.hasParent("answer")
                .hasType(SpanType.RETRIEVER)
                .hasOutputs(List.of("doc-1", "doc-7"))
                .hasNoException());
    assertThat(traces.exports()).deliveredExactlyOnce();
  }
}
// end-readme
