package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpSpan;

/** OTLP requests as trees, with spans by their name. */
final class OtlpTrees {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OtlpTrees() {}

  /** The tree of a request; resources and scopes that are alike are one. */
  static JsonNode of(OtlpRequest request) {
    ArrayNode parts = MAPPER.createArrayNode();
    for (OtlpRequest.ResourceSpans resource : request.resourceSpans()) {
      for (OtlpRequest.ScopeSpans scope : resource.scopeSpans()) {
        ObjectNode part = parts.addObject();
        part.set("resource", MAPPER.valueToTree(resource.resourceAttributes()));
        put(part, "resource_schema_url", resource.schemaUrl());
        ObjectNode described = part.putObject("scope");
        put(described, "name", scope.name());
        put(described, "version", scope.version());
        put(described, "schema_url", scope.schemaUrl());
        described.set("attributes", MAPPER.valueToTree(scope.attributes()));
        ObjectNode spans = part.putObject("spans");
        scope.spans().forEach(span -> add(spans, span));
      }
    }
    return parts.size() == 1 ? parts.get(0) : parts;
  }

  /** A second span of a name would hide the first one. */
  private static void add(ObjectNode spans, OtlpSpan span) {
    String name = span.name();
    while (spans.has(name)) {
      name += " again";
    }
    spans.set(name, tree(span));
  }

  private static ObjectNode tree(OtlpSpan span) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("trace_id", span.traceId()).put("span_id", span.spanId());
    put(tree, "parent_span_id", span.parentSpanId());
    put(tree, "trace_state", span.traceState());
    tree.put("name", span.name()).put("kind", span.kind()).put("flags", span.flags());
    tree.put("start_time_unix_nano", span.startUnixNano());
    tree.put("end_time_unix_nano", span.endUnixNano());
    tree.set("attributes", MAPPER.valueToTree(span.attributes()));
    tree.put("dropped", span.droppedAttributes() + span.droppedEvents() + span.droppedLinks());
    ArrayNode events = tree.putArray("events");
    for (OtlpSpan.Event event : span.events()) {
      ObjectNode node = events.addObject();
      node.put("name", event.name()).put("time_unix_nano", event.timeUnixNano());
      node.set("attributes", MAPPER.valueToTree(event.attributes()));
    }
    ArrayNode links = tree.putArray("links");
    for (OtlpSpan.Link link : span.links()) {
      ObjectNode node = links.addObject();
      node.put("trace_id", link.traceId()).put("span_id", link.spanId());
      put(node, "trace_state", link.traceState());
      node.put("flags", link.flags());
      node.set("attributes", MAPPER.valueToTree(link.attributes()));
    }
    ObjectNode status = tree.putObject("status");
    status.put("code", span.statusCode());
    put(status, "message", span.statusMessage());
    return tree;
  }

  private static void put(ObjectNode node, String key, String text) {
    if (!text.isEmpty()) {
      node.put(key, text);
    }
  }
}
