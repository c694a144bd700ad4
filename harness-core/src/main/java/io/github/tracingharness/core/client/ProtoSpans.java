package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceIds;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns spans from protobuf's JSON, in which the server answers them, into the form of
 * {@code traces.json}: attributes are an object of JSON texts.
 */
final class ProtoSpans {

  private ProtoSpans() {}

  /** Returns the tree of a {@code traces.json} with spans. */
  static Map<String, Object> data(@Nullable Object spans) {
    List<Object> trees = new ArrayList<>();
    for (Map<?, ?> span : objects(spans)) {
      trees.add(span(span));
    }
    return Map.of("spans", trees);
  }

  private static Map<String, @Nullable Object> span(Map<?, ?> span) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (String key : List.of(
        "trace_id", "span_id", "parent_span_id", "name", "start_time_unix_nano", "status")) {
      tree.put(key, span.get(key));
    }
    Object end = span.get("end_time_unix_nano");
    tree.put("end_time_unix_nano", "0".equals(String.valueOf(end)) ? null : end);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes(span).forEach((key, value) -> attributes.put(key, PythonJson.dumps(value)));
    tree.put("attributes", attributes);
    List<Object> events = new ArrayList<>();
    for (Map<?, ?> event : objects(span.get("events"))) {
      Map<String, @Nullable Object> form = new LinkedHashMap<>();
      form.put("name", event.get("name"));
      form.put("time_unix_nano", event.get("time_unix_nano"));
      form.put("attributes", attributes(event));
      events.add(form);
    }
    tree.put("events", events);
    List<Object> links = new ArrayList<>();
    for (Map<?, ?> link : objects(span.get("links"))) {
      Map<String, @Nullable Object> form = new LinkedHashMap<>();
      form.put("trace_id", TraceIds.v3(hex(link.get("trace_id"))));
      form.put("span_id", hex(link.get("span_id")));
      form.put("attributes", attributes(link));
      links.add(form);
    }
    tree.put("links", links);
    return tree;
  }

  private static String hex(@Nullable Object base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(String.valueOf(base64)));
  }

  private static List<Map<?, ?>> objects(@Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (value instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static Map<String, @Nullable Object> attributes(Map<?, ?> owner) {
    return members(owner.get("attributes"));
  }

  private static Map<String, @Nullable Object> members(@Nullable Object pairs) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map<?, ?> pair : objects(pairs)) {
      members.put(String.valueOf(pair.get("key")), value(pair.get("value")));
    }
    return members;
  }

  /** Reads the one member of a value; a value with nothing set is null. */
  private static @Nullable Object value(@Nullable Object any) {
    if (!(any instanceof Map<?, ?> members) || members.isEmpty()) {
      return null;
    }
    Map.Entry<?, ?> member = members.entrySet().iterator().next();
    Object content = member.getValue();
    return switch (String.valueOf(member.getKey())) {
      case "int_value" -> content instanceof String digits ? Long.valueOf(digits) : content;
      case "double_value" ->
        content instanceof Number number
            ? (Object) number.doubleValue()
            : Double.valueOf(String.valueOf(content));
      case "array_value" -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (Map<?, ?> item :
            objects(content instanceof Map<?, ?> map ? map.get("values") : null)) {
          items.add(value(item));
        }
        yield items;
      }
      case "kvlist_value" -> members(content instanceof Map<?, ?> map ? map.get("values") : null);
      default -> content;
    };
  }
}
