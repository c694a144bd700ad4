package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.CurrentTrace;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.SpanBuilder;
import io.opentelemetry.context.Scope;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/** A span of the reference tracer. */
record MadeByMlflow(LiveSpan span) implements MadeSpan {

  /** Starts the span and says of it and of its trace what the case wants. */
  static MadeByMlflow start(SpanBuilder builder, SpanSpec spec) {
    spec.start().ifPresent(builder::startTime);
    if (spec.mlflow().has("span_type")) {
      builder.type(spec.mlflow().get("span_type").asText());
    }
    if (spec.hasInputs()) {
      builder.inputs(spec.inputs());
    }
    if (spec.mlflow().has("sampling_ratio")) {
      builder.samplingRatio(spec.mlflow().get("sampling_ratio").asDouble());
    }
    LiveSpan span = builder.startDetachedSpan();
    if (spec.mlflow().has("attachment")) {
      span.setInputs(Map.of("file", attachment(spec.mlflow().get("attachment"))));
    }
    spec.attributes().forEach(span::setAttribute);
    for (SpanSpec.Event event : spec.events()) {
      if (event.time().isPresent()) {
        span.addEvent(event.name(), event.attributes(), event.time().getAsLong());
      } else {
        span.addEvent(event.name(), event.attributes());
      }
    }
    if (spec.parent() == null) {
      describe(span.trace(), spec.trace());
    }
    return new MadeByMlflow(span);
  }

  private static Attachment attachment(JsonNode spec) {
    return Attachment.of(
        Base64.getDecoder().decode(spec.path("content").asText()),
        spec.path("content_type").asText());
  }

  private static void describe(CurrentTrace trace, JsonNode spec) {
    spec.path("tags")
        .properties()
        .forEach(t -> trace.tag(t.getKey(), SpanSpec.plain(t.getValue())));
    spec.path("metadata")
        .properties()
        .forEach(m -> trace.metadata(m.getKey(), SpanSpec.plain(m.getValue())));
    ifText(spec, "session", trace::session);
    ifText(spec, "user", trace::user);
    ifText(spec, "client_request_id", trace::clientRequestId);
    ifText(spec, "request_preview", trace::requestPreview);
    ifText(spec, "response_preview", trace::responsePreview);
    ifText(spec, "state", state -> trace.state(TraceState.valueOf(state)));
    for (JsonNode prompt : spec.path("prompts")) {
      trace.prompt(
          new PromptVersion(prompt.path("name").asText(), prompt.path("version").asText()));
    }
  }

  private static void ifText(JsonNode spec, String member, Consumer<String> use) {
    if (spec.hasNonNull(member)) {
      use.accept(spec.get(member).asText());
    }
  }

  @Override
  public String traceId() {
    return span.traceId();
  }

  @Override
  public String spanId() {
    return span.spanId();
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope makeCurrent() {
    return span.makeCurrent();
  }

  @Override
  public void end(SpanSpec spec) {
    if (spec.hasOutputs()) {
      span.setOutputs(spec.outputs());
    }
    SpanSpec.Status status = spec.status();
    if (status != null) {
      span.setStatus(SpanStatusCode.valueOf(status.code()), status.message());
    }
    SpanSpec.Raised raised = spec.raise();
    if (raised != null) {
      span.recordException(Raised.of(raised));
    }
    if (spec.neverEnded()) {
      return;
    }
    for (int i = 0; i < spec.endTimes(); i++) {
      if (spec.end().isPresent()) {
        span.end(spec.end().getAsLong());
      } else {
        span.end();
      }
    }
  }
}
