package io.github.tracingharness.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TokenUsageTest {

  @Test
  void sum_recordedTrace_equalsRecording() {
    List<Span> spans = List.of(
        span("root", null, null),
        span(
            "agent",
            "root",
            "{\"input_tokens\": 10, \"output_tokens\": 5, \"total_tokens\": 15, \"cache_read_input_tokens\": 4}"),
        span(
            "llm",
            "agent",
            "{\"input_tokens\": 100, \"output_tokens\": 50, \"total_tokens\": 150}"),
        span("llm2", "root", "{\"input_tokens\": 1, \"output_tokens\": 2, \"total_tokens\": 3}"));

    assertThat(TokenUsage.sum(spans))
        .hasValue(
            "{\"input_tokens\": 11, \"output_tokens\": 7, \"total_tokens\": 18, \"cache_read_input_tokens\": 4}");
  }

  @Test
  void sum_noUsage_isEmpty() {
    assertThat(TokenUsage.sum(List.of(span("root", null, null)))).isEmpty();
  }

  @Test
  void sum_usageThatIsNoObject_isIgnored() {
    assertThat(TokenUsage.sum(List.of(span("root", null, "[1]"), span("kid", "root", "{"))))
        .isEmpty();
  }

  private static Span span(String id, String parent, String usage) {
    return new Span(
        "tr-1",
        id,
        parent,
        id,
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        usage == null ? Map.of() : Map.of("mlflow.chat.tokenUsage", new JsonText(usage)),
        List.of());
  }
}
