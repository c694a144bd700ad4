package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.WireSpan.Event;
import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads OTLP bodies. Attribute values are typed, or all of them are JSON text in strings; which of
 * the two is told by {@code mlflow.traceRequestId}, whose JSON text begins with a quote.
 */
final class OtlpForm {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] STATUS = {"UNSET", "OK", "ERROR"};
  private static final String REQUEST_ID = "mlflow.traceRequestId";

  /** Attributes of roots in Unity Catalog that are no JSON text in the SDK. */
  private static final Set<String> RAW = Set.of("user.id", "session.id");

  private OtlpForm() {}

  /** The spans of a request; none when the body cannot be decoded. */
  static List<WireSpan> spans(Exchange exchange, Storage storage) {
    List<WireSpan> spans = new ArrayList<>();
    try {
      OtlpRequest request = OtlpRequest.decode(
          exchange.body().bytes(),
          exchange.header("Content-Type"),
          exchange.header("Content-Encoding"));
      request.spans().forEach(span -> spans.add(span(exchange, storage, span)));
    } catch (OtlpException e) {
      return List.of();
    }
    return spans;
  }

  private static WireSpan span(Exchange exchange, Storage storage, OtlpSpan span) {
    boolean texts = span.attributes().get(REQUEST_ID) instanceof String id && id.startsWith("\"");
    Map<String, JsonNode> typed = nodes(span.attributes());
    List<Event> events = span.events().stream()
        .map(e -> new Event(e.name(), e.timeUnixNano(), nodes(e.attributes())))
        .toList();
    String status = STATUS[Math.min(Math.max(span.statusCode(), 0), 2)];
    String parent = span.parentSpanId();
    return new WireSpan(
        exchange,
        storage,
        span.traceId(),
        span.spanId(),
        parent.isEmpty() ? null : parent,
        span.name(),
        span.startUnixNano(),
        span.endUnixNano() == 0 ? null : Long.valueOf(span.endUnixNano()),
        status,
        span.statusMessage(),
        texts ? read(typed) : typed,
        events,
        artifact(span, status, texts ? typed : written(typed), events));
  }

  private static Map<String, JsonNode> read(Map<String, JsonNode> texts) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    texts.forEach((key, raw) ->
        values.put(key, raw.isTextual() ? Json.lenient(raw.asText()).orElse(raw) : raw));
    return values;
  }

  private static Map<String, JsonNode> written(Map<String, JsonNode> values) {
    Map<String, JsonNode> texts = new LinkedHashMap<>();
    values.forEach((key, value) ->
        texts.put(key, RAW.contains(key) ? value : NODES.textNode(PythonText.of(value, false))));
    return texts;
  }

  private static ObjectNode artifact(
      OtlpSpan span, String status, Map<String, JsonNode> attributes, List<Event> events) {
    ObjectNode json = NODES.objectNode();
    json.put("trace_id", base64(span.traceId()));
    json.put("span_id", base64(span.spanId()));
    json.put("parent_span_id", span.parentSpanId().isEmpty() ? null : base64(span.parentSpanId()));
    json.put("name", span.name());
    json.put("start_time_unix_nano", span.startUnixNano());
    json.put(
        "end_time_unix_nano", span.endUnixNano() == 0 ? null : Long.valueOf(span.endUnixNano()));
    ArrayNode list = json.putArray("events");
    for (Event event : events) {
      ObjectNode each =
          list.addObject().put("name", event.name()).put("time_unix_nano", event.time());
      each.putObject("attributes").setAll(event.attributes());
    }
    json.putObject("status")
        .put("code", "STATUS_CODE_" + status)
        .put("message", span.statusMessage());
    json.putObject("attributes").setAll(attributes);
    json.putArray("links");
    return json;
  }

  private static String base64(String hex) {
    try {
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      return hex;
    }
  }

  private static Map<String, JsonNode> nodes(Map<String, @Nullable Object> values) {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    values.forEach((key, value) -> nodes.put(key, node(value)));
    return nodes;
  }

  private static JsonNode node(@Nullable Object value) {
    if (value instanceof String text) {
      return NODES.textNode(text);
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (value instanceof byte[] bytes) {
      return NODES.binaryNode(bytes);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(node(element)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, element) -> object.set(String.valueOf(key), node(element)));
      return object;
    }
    return NODES.nullNode();
  }
}
