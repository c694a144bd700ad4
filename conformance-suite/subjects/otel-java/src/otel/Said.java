package otel;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Decides what the case says of a span, and otherwise as the SDK's own sampler. */
final class Said implements Sampler {
  /** The span that this thread is starting. */
  static final ThreadLocal<JsonNode> SPAN = new ThreadLocal<>();

  private final Sampler others;

  Said(Sampler others) {
    this.others = others;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
    JsonNode span = SPAN.get();
    if (!span.path("sampled").asBoolean(true)) {
      return SamplingResult.drop();
    }
    SamplingResult result = others.shouldSample(parent, trace, name, kind, attributes, links);
    if (!span.has("trace_state")) {
      return result;
    }
    return new SamplingResult() {
      @Override
      public SamplingDecision getDecision() {
        return result.getDecision();
      }

      @Override
      public Attributes getAttributes() {
        return result.getAttributes();
      }

      @Override
      public TraceState getUpdatedTraceState(TraceState parents) {
        return Spans.traceState(span);
      }
    };
  }

  @Override
  public String getDescription() {
    return "Said";
  }
}
