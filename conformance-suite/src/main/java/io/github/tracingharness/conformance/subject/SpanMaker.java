package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.CurrentTrace;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.core.tracer.SpanBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the spans of a case through the reference tracer. */
final class SpanMaker {

  private final MlflowTracer tracer;
  private final Map<String, LiveSpan> spans = new LinkedHashMap<>();

  SpanMaker(MlflowTracer tracer) {
    this.tracer = tracer;
  }

  Map<String, SpanIds> make(List<SpanSpec> specs) {
    for (SpanSpec spec : specs) {
      spans.put(spec.ref(), start(spec));
    }
    for (SpanSpec spec : inOrderOfEnd(specs)) {
      end(spec);
    }
    Map<String, SpanIds> refs = new LinkedHashMap<>();
    spans.forEach((ref, span) -> refs.put(ref, new SpanIds(span.traceId(), span.spanId())));
    return refs;
  }

  private LiveSpan start(SpanSpec spec) {
    SpanBuilder builder = tracer.spanBuilder(spec.name());
    if (spec.parent() == null) {
      builder.noParent();
    } else {
      builder.parent(span(spec.parent()));
    }
    spec.start().ifPresent(builder::startTime);
    if (spec.mlflow().has("span_type")) {
      builder.type(spec.mlflow().get("span_type").asText());
    }
    if (spec.hasInputs()) {
      builder.inputs(spec.inputs());
    }
    LiveSpan span = builder.startDetachedSpan();
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
    return span;
  }

  private LiveSpan span(String ref) {
    LiveSpan span = spans.get(ref);
    if (span == null) {
      throw new IllegalStateException("the case names the parent " + ref + " before it exists");
    }
    return span;
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

  private void end(SpanSpec spec) {
    LiveSpan span = span(spec.ref());
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

  /** Children end before their parents, siblings in order; where the case gives ranks, by rank. */
  private static List<SpanSpec> inOrderOfEnd(List<SpanSpec> specs) {
    List<SpanSpec> ordered = new ArrayList<>();
    specs.stream()
        .filter(spec -> spec.parent() == null)
        .forEach(root -> addAfterChildren(root, specs, ordered));
    if (specs.stream().anyMatch(spec -> spec.endOrder().isPresent())) {
      ordered.sort(Comparator.comparingLong(spec -> spec.endOrder().orElse(Long.MAX_VALUE)));
    }
    return ordered;
  }

  private static void addAfterChildren(
      SpanSpec spec, List<SpanSpec> specs, List<SpanSpec> ordered) {
    specs.stream()
        .filter(child -> spec.ref().equals(child.parent()))
        .forEach(child -> addAfterChildren(child, specs, ordered));
    ordered.add(spec);
  }
}
