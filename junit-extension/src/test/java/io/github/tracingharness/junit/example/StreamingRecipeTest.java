package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.ManualClock;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class StreamingRecipeTest {

  /** The span ends with the stream, and its output is what the reader got in all. */
  private static void stream(
      MlflowTracer tracer, Iterable<String> tokens, Consumer<String> reader) {
    StringBuilder all = new StringBuilder();
    try (LiveSpan span = tracer.startSpan("generate")) {
      span.setSpanType(SpanType.LLM);
      for (String token : tokens) {
        if (all.isEmpty()) {
          span.addEvent("first token", Map.of());
        }
        all.append(token);
        reader.accept(token);
      }
      span.addEvent("end of stream", Map.of("characters", all.length()));
      span.setOutputs(all.toString());
    }
  }

  @Test
  void stream_readToItsEnd_isOneSpanWithItsTimes(
      MlflowTracer tracer, ManualClock clock, Traces traces) {
    stream(
        tracer,
        List.of("A ", "named ", "operation."),
        token -> clock.advance(Duration.ofMillis(20)));

    assertThat(traces.awaitTrace())
        .hasSpan(
            "generate",
            span -> span.hasType(SpanType.LLM)
                .hasOutputs("A named operation.")
                .hasDuration(Duration.ofMillis(60))
                .hasEventsInOrder("first token", "end of stream")
                .hasEvent("end of stream", Map.of("characters", 18)));
  }
}
// end-recipe
