package io.github.tracingharness.conformance.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.CaseDestination;
import java.util.Map;

/** Writes a span of the driver protocol. Each method changes this one and returns it. */
final class CaseSpan {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode span = JsonNodeFactory.instance.objectNode();

  private CaseSpan(String ref) {
    span.put("ref", ref).put("name", ref);
  }

  /** A root with this ref, named like it. */
  static CaseSpan root(String ref) {
    return new CaseSpan(ref);
  }

  /** A child with this ref, named like it. */
  static CaseSpan child(String ref, String parentRef) {
    CaseSpan child = new CaseSpan(ref);
    child.span.put("parent", parentRef);
    return child;
  }

  /** Reads JSON with single quotes in place of double ones. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
  }

  static JsonNode text(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  CaseSpan name(String name) {
    span.put("name", name);
    return this;
  }

  /** Start and end in Unix nanoseconds. */
  CaseSpan times(long start, long end) {
    span.put("start", Long.toString(start)).put("end", Long.toString(end));
    return this;
  }

  CaseSpan neverEnded() {
    span.putNull("end");
    return this;
  }

  CaseSpan endOrder(int rank) {
    span.put("end_order", rank);
    return this;
  }

  CaseSpan endTimes(int times) {
    span.put("end_times", times);
    return this;
  }

  CaseSpan status(String code, String message) {
    span.putObject("status").put("code", code).put("message", message);
    return this;
  }

  CaseSpan status(String code) {
    span.putObject("status").put("code", code);
    return this;
  }

  /** Adds an attribute; the type of the JSON value decides on that of the attribute. */
  CaseSpan attribute(String key, JsonNode value) {
    addAttribute(span.withArray("attributes"), key, value);
    return this;
  }

  CaseSpan attribute(String key, String value) {
    return attribute(key, text(value));
  }

  CaseSpan event(String name, long time, Map<String, String> attributes) {
    ObjectNode event =
        span.withArray("events").addObject().put("name", name).put("time", Long.toString(time));
    ArrayNode list = event.putArray("attributes");
    attributes.forEach((key, value) -> addAttribute(list, key, text(value)));
    return this;
  }

  /** The traced code throws. */
  CaseSpan raises(String type, String message) {
    span.putObject("raise").put("type", type).put("message", message);
    return this;
  }

  /** Makes the span through the plain OpenTelemetry API. */
  CaseSpan otelApi() {
    span.put("api", "otel");
    return this;
  }

  /** Sends the trace of this root elsewhere than the session. */
  CaseSpan destination(CaseDestination where) {
    span.set("destination", where.json());
    return this;
  }

  /** Continues the trace of another process. */
  CaseSpan remoteParent(String header, String value) {
    span.withObject("/remote_parent").put(header, value);
    return this;
  }

  /** Asks the application something while the span is current. */
  CaseSpan tell(String what) {
    span.withArray("tell").add(what);
    return this;
  }

  /** {@code INTERNAL}, {@code SERVER}, {@code CLIENT}, {@code PRODUCER} or {@code CONSUMER}. */
  CaseSpan kind(String kind) {
    span.put("kind", kind);
    return this;
  }

  CaseSpan notSampled() {
    span.put("sampled", false);
    return this;
  }

  /** Adds an attribute with a value in the form of OTLP/JSON, in single quotes. */
  CaseSpan typed(String key, String anyValue) {
    span.withArray("attributes").addObject().put("key", key).set("value", json(anyValue));
    return this;
  }

  /** Sets the instrumentation scope. */
  CaseSpan scope(String name, String version, String schemaUrl) {
    span.putObject("scope").put("name", name).put("version", version).put("schema_url", schemaUrl);
    return this;
  }

  CaseSpan scopeAttribute(String key, String value) {
    addAttribute(span.withObject("/scope").withArray("attributes"), key, text(value));
    return this;
  }

  /** Adds a link to another span of the case. */
  CaseSpan link(String ref) {
    span.withArray("links").addObject().put("ref", ref);
    return this;
  }

  /** Adds a link to a span of another process; an empty trace state is left out. */
  CaseSpan remoteLink(String trace, String id, String traceState) {
    ObjectNode link = span.withArray("links").addObject();
    link.put("trace", trace).put("span", id).put("remote", true);
    if (!traceState.isEmpty()) {
      link.put("trace_state", traceState);
    }
    return this;
  }

  /** Adds attributes to the last link. */
  CaseSpan linkAttributes(Map<String, String> attributes) {
    ArrayNode links = span.withArray("links");
    ArrayNode list = ((ObjectNode) links.get(links.size() - 1)).putArray("attributes");
    attributes.forEach((key, value) -> addAttribute(list, key, text(value)));
    return this;
  }

  CaseSpan type(String spanType) {
    mlflow().put("span_type", spanType);
    return this;
  }

  CaseSpan inputs(JsonNode inputs) {
    mlflow().set("inputs", inputs);
    return this;
  }

  CaseSpan inputs(String inputs) {
    return inputs(text(inputs));
  }

  CaseSpan outputs(JsonNode outputs) {
    mlflow().set("outputs", outputs);
    return this;
  }

  CaseSpan outputs(String outputs) {
    return outputs(text(outputs));
  }

  /** The inputs are an object whose member {@code file} is an attachment of this content. */
  CaseSpan attachment(String contentType, byte[] content) {
    mlflow().putObject("attachment").put("content_type", contentType).put("content", content);
    return this;
  }

  /** On a root: the ratio of traces that the traced function wants, whatever is configured. */
  CaseSpan samplingRatio(double ratio) {
    mlflow().put("sampling_ratio", ratio);
    return this;
  }

  /** On a root: a tag that the trace has from the code that surrounds it. */
  CaseSpan contextTag(String key, String value) {
    mlflow().withObject("/context/tags").put(key, value);
    return this;
  }

  /** On a root: a metadata value that the trace has from the code that surrounds it. */
  CaseSpan contextMetadata(String key, String value) {
    mlflow().withObject("/context/metadata").put(key, value);
    return this;
  }

  CaseSpan tag(String key, String value) {
    trace().withObject("/tags").put(key, value);
    return this;
  }

  CaseSpan metadata(String key, String value) {
    trace().withObject("/metadata").put(key, value);
    return this;
  }

  /**
   * Says something of the trace: {@code session}, {@code user}, {@code client_request_id},
   * {@code state}, {@code request_preview} or {@code response_preview}.
   */
  CaseSpan trace(String member, String value) {
    trace().put(member, value);
    return this;
  }

  CaseSpan prompt(String name, String version) {
    trace().withArray("prompts").addObject().put("name", name).put("version", version);
    return this;
  }

  ObjectNode json() {
    return span.deepCopy();
  }

  private ObjectNode mlflow() {
    return span.withObject("/mlflow");
  }

  private ObjectNode trace() {
    return mlflow().withObject("/trace");
  }

  private static void addAttribute(ArrayNode list, String key, JsonNode value) {
    list.addObject().put("key", key).set("value", anyValue(value));
  }

  private static ObjectNode anyValue(JsonNode value) {
    ObjectNode any = JsonNodeFactory.instance.objectNode();
    if (value.isTextual()) {
      any.put("stringValue", value.asText());
    } else if (value.isBoolean()) {
      any.put("boolValue", value.booleanValue());
    } else if (value.isIntegralNumber()) {
      any.put("intValue", value.asText());
    } else if (value.isNumber()) {
      any.put("doubleValue", value.doubleValue());
    } else if (value.isArray()) {
      ArrayNode values = any.putObject("arrayValue").putArray("values");
      value.forEach(element -> values.add(anyValue(element)));
    } else if (value.isObject()) {
      ArrayNode values = any.putObject("kvlistValue").putArray("values");
      value.properties().forEach(m -> addAttribute(values, m.getKey(), m.getValue()));
    }
    return any;
  }
}
