package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.spanData;
import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;
import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.equalTo;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.assertj.TracesAssert;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was stored, asserted with OpenTelemetry's own assertions. */
@ExtendWith(TracingHarness.class)
@TracingConfig(awaitMillis = 60_000)
class SpanDataTest {

  private static final SpanContext ELSEWHERE = SpanContext.create(
      "4bf92f3577b34da6a3ce929d0e0e4736",
      "53995c3f42cd8ad8",
      TraceFlags.getSampled(),
      TraceState.getDefault());

  @Test
  void storedTrace_satisfiesOpenTelemetrysAssertions(Tracer tracer, Traces traces) {
    Span root = tracer
        .spanBuilder("root")
        .setStartTimestamp(1_700_000_000_000_000_001L, TimeUnit.NANOSECONDS)
        .setAttribute("text", "a \"quoted\" one")
        .setAttribute("whole", Long.MAX_VALUE)
        .setAttribute("broken", 0.5)
        .setAttribute("true", true)
        .setAttribute(AttributeKey.stringArrayKey("texts"), List.of("a", "b"))
        .setAttribute(AttributeKey.longArrayKey("wholes"), List.of(1L, 2L))
        .setAttribute(AttributeKey.doubleArrayKey("brokens"), List.of(0.5, 1.5))
        .setAttribute(AttributeKey.booleanArrayKey("truths"), List.of(true, false))
        .addLink(ELSEWHERE, Attributes.of(AttributeKey.stringKey("why"), "cause"))
        .startSpan();
    Span kid = tracer.spanBuilder("kid").setParent(Context.root().with(root)).startSpan();
    kid.addEvent("seen", Attributes.of(AttributeKey.longKey("size"), 5L));
    kid.setStatus(StatusCode.ERROR, "boom").end();
    root.end();

    List<SpanData> spans = spanData(traces.awaitTrace());

    TracesAssert.assertThat(List.of(spans))
        .hasTracesSatisfyingExactly(trace -> trace.hasSpansSatisfyingExactly(
            span -> span.hasName("root")
                .hasNoParent()
                .hasTraceId(root.getSpanContext().getTraceId())
                .hasSpanId(root.getSpanContext().getSpanId())
                .startsAt(1_700_000_000_000_000_001L)
                .hasEnded()
                .hasAttributesSatisfying(
                    equalTo(AttributeKey.stringKey("text"), "a \"quoted\" one"),
                    equalTo(AttributeKey.longKey("whole"), Long.MAX_VALUE),
                    equalTo(AttributeKey.doubleKey("broken"), 0.5),
                    equalTo(AttributeKey.booleanKey("true"), true),
                    equalTo(AttributeKey.stringArrayKey("texts"), List.of("a", "b")),
                    equalTo(AttributeKey.longArrayKey("wholes"), List.of(1L, 2L)),
                    equalTo(AttributeKey.doubleArrayKey("brokens"), List.of(0.5, 1.5)),
                    equalTo(AttributeKey.booleanArrayKey("truths"), List.of(true, false)))
                .hasLinksSatisfying(links -> assertThat(links).singleElement().satisfies(link -> {
                  assertThat(link.getSpanContext().getSpanId()).isEqualTo(ELSEWHERE.getSpanId());
                  assertThat(link.getSpanContext().getTraceId()).isEqualTo(ELSEWHERE.getTraceId());
                  assertThat(link.getAttributes())
                      .containsEntry(AttributeKey.stringKey("why"), "cause");
                })),
            span -> span.hasName("kid")
                .hasParent(spans.get(0))
                .hasStatusSatisfying(
                    status -> status.hasCode(StatusCode.ERROR).hasDescription("boom"))
                .hasEventsSatisfyingExactly(event -> event
                    .hasName("seen")
                    .hasAttributes(Attributes.of(AttributeKey.longKey("size"), 5L)))));
  }

  @Test
  void valuesOfMlflowsApi_thatTheSdkHasNoTypeFor_areJsonText(MlflowTracing tracing, Traces traces) {
    try (LiveSpan span =
        tracing.tracer().spanBuilder("answer").type(SpanType.LLM).startSpan()) {
      span.setInputs(Map.of("question", "why?"));
      span.setOutputs(List.of("a", 1));
    }

    assertThat(spanData(traces.awaitTrace()).get(0))
        .hasAttributesSatisfying(
            equalTo(AttributeKey.stringKey("mlflow.spanType"), "LLM"),
            equalTo(AttributeKey.stringKey("mlflow.spanInputs"), "{\"question\":\"why?\"}"),
            equalTo(AttributeKey.stringKey("mlflow.spanOutputs"), "[\"a\",1]"));
  }
}
