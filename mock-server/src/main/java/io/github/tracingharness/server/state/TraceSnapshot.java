package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.http.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** Traces with their spans and assessments in an exported state. */
final class TraceSnapshot {

  private TraceSnapshot() {}

  static ObjectNode write(TraceEntry trace) {
    ObjectNode json = Json.object();
    json.put("id", trace.id());
    if (trace.location() instanceof TraceLocation.UnityCatalog location) {
      CatalogSnapshot.write(location, json);
    } else {
      json.put("experiment_id", trace.experimentId());
    }
    json.put("client_request_id", trace.clientRequestId());
    json.put("request_millis", trace.requestMillis());
    json.put("duration_millis", trace.durationMillis());
    json.put("state", trace.state().name());
    putTexts(json, "metadata", trace.metadata());
    putTexts(json, "tags", trace.tags());
    json.put("request_preview", trace.requestPreview());
    json.put("response_preview", trace.responsePreview());
    json.put("info_started", trace.infoStarted());
    json.put("mlflow_spans", trace.mlflowSpans());
    ArrayNode spans = json.putArray("spans");
    trace.spans().values().forEach(span -> spans.add(write(span)));
    write(trace.prompts(), json.putArray("prompts"));
    trace.runs().stream().sorted().forEach(json.putArray("runs")::add);
    ArrayNode assessments = json.putArray("assessments");
    trace.assessments().forEach(assessment -> assessments.add(write(assessment)));
    return json;
  }

  static TraceEntry read(SnapshotReader json) {
    Map<String, SpanEntry> spans = new LinkedHashMap<>();
    json.objects("spans", TraceSnapshot::span).forEach(span -> spans.put(span.spanId(), span));
    return new TraceEntry(
        json.text("id"),
        json.has("location")
            ? CatalogSnapshot.location(json)
            : new TraceLocation.Experiment(json.text("experiment_id")),
        json.optionalText("client_request_id"),
        json.number("request_millis"),
        json.optionalNumber("duration_millis"),
        json.choice("state", TraceState.class),
        json.texts("metadata"),
        json.texts("tags"),
        json.optionalText("request_preview"),
        json.optionalText("response_preview"),
        json.flag("info_started"),
        json.flag("mlflow_spans"),
        spans,
        json.objects("prompts", TraceSnapshot::prompt),
        new LinkedHashSet<>(json.names("runs")),
        json.objects("assessments", TraceSnapshot::assessment));
  }

  static void write(Collection<PromptLink> prompts, ArrayNode into) {
    prompts.forEach(
        prompt -> into.addObject().put("name", prompt.name()).put("version", prompt.version()));
  }

  static PromptLink prompt(SnapshotReader json) {
    return new PromptLink(json.text("name"), json.text("version"));
  }

  static ObjectNode write(SpanEntry span) {
    ObjectNode json = Json.object();
    json.put("trace_id", span.traceId());
    json.put("span_id", span.spanId());
    json.put("parent_id", span.parentId());
    json.put("name", span.name());
    json.put("type", span.type());
    json.put("start_nanos", span.startNanos());
    json.put("end_nanos", span.endNanos());
    json.put("status", span.status().code().name());
    json.put("status_message", span.status().message());
    putTexts(json, "attributes", span.attributes());
    ArrayNode events = json.putArray("events");
    for (SpanEntry.Event event : span.events()) {
      ObjectNode entry = events.addObject();
      entry.put("name", event.name());
      entry.put("time_nanos", event.timeNanos());
      entry.set("attributes", SnapshotValues.write(event.attributes()));
    }
    ArrayNode links = json.putArray("links");
    for (SpanEntry.Link link : span.links()) {
      ObjectNode entry = links.addObject();
      entry.put("trace_id", link.traceId());
      entry.put("span_id", link.spanId());
      entry.set("attributes", SnapshotValues.write(link.attributes()));
    }
    return json;
  }

  static SpanEntry span(SnapshotReader json) {
    return new SpanEntry(
        hex(json, "trace_id", 32),
        hex(json, "span_id", 16),
        json.optionalText("parent_id") == null ? null : hex(json, "parent_id", 16),
        json.text("name"),
        json.optionalText("type"),
        json.number("start_nanos"),
        json.number("end_nanos"),
        new SpanEntry.Status(
            json.choice("status", SpanEntry.Code.class), json.text("status_message")),
        json.texts("attributes"),
        json.objects(
            "events",
            event -> new SpanEntry.Event(
                event.text("name"), event.number("time_nanos"), event.values("attributes"))),
        json.objects(
            "links",
            link -> new SpanEntry.Link(
                hex(link, "trace_id", 32), hex(link, "span_id", 16), link.values("attributes"))));
  }

  private static String hex(SnapshotReader json, String member, int digits) {
    String text = json.text(member);
    if (!text.matches("[0-9a-f]{" + digits + "}")) {
      throw json.wrong(member, digits + " hexadecimal digits");
    }
    return text;
  }

  private static ObjectNode write(Assessment assessment) {
    ObjectNode json = Json.object();
    json.put("id", assessment.id());
    json.put("name", assessment.name());
    json.put("trace_id", assessment.traceId());
    json.put("span_id", assessment.spanId());
    json.put("source_type", assessment.sourceType());
    json.put("source_id", assessment.sourceId());
    json.put("create_millis", assessment.createMillis());
    json.put("update_millis", assessment.updateMillis());
    json.put("kind", assessment.kind().name());
    json.set("content", assessment.content());
    json.put("rationale", assessment.rationale());
    putTexts(json, "metadata", assessment.metadata());
    json.put("overrides", assessment.overrides());
    json.put("valid", assessment.valid());
    return json;
  }

  private static Assessment assessment(SnapshotReader json) {
    return new Assessment(
        json.text("id"),
        json.text("name"),
        json.text("trace_id"),
        json.optionalText("span_id"),
        json.text("source_type"),
        json.text("source_id"),
        json.number("create_millis"),
        json.number("update_millis"),
        json.choice("kind", Assessment.Kind.class),
        json.tree("content"),
        json.optionalText("rationale"),
        json.texts("metadata"),
        json.optionalText("overrides"),
        json.flag("valid"));
  }

  static void putTexts(ObjectNode into, String member, Map<String, String> texts) {
    texts.forEach(into.putObject(member)::put);
  }
}
