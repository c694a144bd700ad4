package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.AttributeText;
import io.github.tracingharness.server.state.SpanContent;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.TraceEntry;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stored spans in the two JSON forms that the server gives. */
final class SpanJson {

  private SpanJson() {}

  /** {@code {"trace_info":…,"spans":[…]}} with spans as protobuf messages in JSON. */
  static ObjectNode traceWithSpans(TraceEntry trace) {
    ObjectNode json = Json.object();
    json.set("trace_info", TraceJson.info(trace));
    if (!trace.spans().isEmpty()) {
      ArrayNode spans = json.putArray("spans");
      trace.orderedSpans().forEach(span -> spans.add(proto(span)));
    }
    return json;
  }

  /** The content of a downloaded {@code traces.json}: a compact frame around spaced spans. */
  static String file(TraceEntry trace) {
    return trace.orderedSpans().stream()
        .map(span -> JsonLayout.SPACED.write(SpanContent.json(span)))
        .collect(Collectors.joining(",", "{\"spans\":[", "]}"));
  }

  private static ObjectNode proto(SpanEntry span) {
    ObjectNode json = Json.object();
    json.put("trace_id", base64(span.traceId()));
    json.put("span_id", base64(span.spanId()));
    if (span.parentId() != null) {
      json.put("parent_span_id", base64(span.parentId()));
    }
    put(json, "name", span.name());
    put(json, "start_time_unix_nano", span.startNanos());
    put(json, "end_time_unix_nano", span.endNanos());
    ArrayNode attributes = json.putArray("attributes");
    span.attributes()
        .forEach((key, text) ->
            attributes.add(keyValue(key, Json.read(text).orElseGet(() -> new TextNode(text)))));
    if (!span.events().isEmpty()) {
      ArrayNode events = json.putArray("events");
      span.events().forEach(event -> events.add(protoEvent(event)));
    }
    List<SpanEntry.Link> sound = span.links().stream()
        .filter(link -> link.traceId().length() <= 32 && link.spanId().length() <= 16)
        .toList();
    if (!sound.isEmpty()) {
      ArrayNode links = json.putArray("links");
      for (SpanEntry.Link link : sound) {
        ObjectNode target = links.addObject();
        target.put("trace_id", base64(link.traceId()));
        target.put("span_id", base64(link.spanId()));
        putAttributes(target, link.attributes());
      }
    }
    ObjectNode status = json.putObject("status");
    put(status, "message", span.status().message());
    if (span.status().code() != SpanEntry.Code.UNSET) {
      status.put("code", "STATUS_CODE_" + span.status().code());
    }
    return json;
  }

  /** Protobuf does not write what is empty. */
  private static void put(ObjectNode into, String name, String text) {
    if (!text.isEmpty()) {
      into.put(name, text);
    }
  }

  private static void put(ObjectNode into, String name, long number) {
    if (number != 0) {
      into.put(name, number);
    }
  }

  private static ObjectNode protoEvent(SpanEntry.Event event) {
    ObjectNode json = Json.object();
    put(json, "time_unix_nano", event.timeNanos());
    put(json, "name", event.name());
    putAttributes(json, event.attributes());
    return json;
  }

  private static void putAttributes(ObjectNode into, Map<String, @Nullable Object> attributes) {
    if (!attributes.isEmpty()) {
      ArrayNode pairs = into.putArray("attributes");
      attributes.forEach((key, value) -> pairs.add(keyValue(key, AttributeText.node(value))));
    }
  }

  private static ObjectNode keyValue(String key, JsonNode value) {
    ObjectNode pair = Json.object();
    put(pair, "key", key);
    if (!value.isNull()) {
      pair.set("value", anyValue(value));
    }
    return pair;
  }

  private static ObjectNode anyValue(JsonNode value) {
    ObjectNode any = Json.object();
    if (value.isTextual()) {
      any.set("string_value", value);
    } else if (value.isBoolean()) {
      any.set("bool_value", value);
    } else if (value.isIntegralNumber() && value.canConvertToLong()) {
      any.set("int_value", value);
    } else if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      any.put("double_value", value.doubleValue());
    } else if (value.isNumber()) {
      any.put("double_value", value.asText());
    } else if (value.isArray()) {
      ObjectNode list = any.putObject("array_value");
      if (!value.isEmpty()) {
        ArrayNode values = list.putArray("values");
        value.forEach(item -> values.add(anyValue(item)));
      }
    } else if (value.isObject()) {
      ObjectNode map = any.putObject("kvlist_value");
      if (!value.isEmpty()) {
        ArrayNode values = map.putArray("values");
        value
            .properties()
            .forEach(member -> values.add(keyValue(member.getKey(), member.getValue())));
      }
    }
    return any;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
