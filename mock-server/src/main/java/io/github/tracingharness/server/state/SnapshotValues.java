package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values in an exported state; bytes are {@code {"base64":…}}. */
final class SnapshotValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String BYTES = "base64";

  private SnapshotValues() {}

  static JsonNode write(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return NODES.objectNode().put(BYTES, Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof List<?> list) {
      ArrayNode items = NODES.arrayNode();
      list.forEach(item -> items.add(write(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode members = NODES.objectNode();
      map.forEach((key, member) -> members.set(String.valueOf(key), write(member)));
      return members;
    }
    return AttributeText.node(value);
  }

  static Map<String, @Nullable Object> map(JsonNode object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.properties().forEach(member -> map.put(member.getKey(), read(member.getValue())));
    return map;
  }

  private static @Nullable Object read(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      node.forEach(item -> items.add(read(item)));
      return items;
    }
    if (node.isObject()) {
      return node.size() == 1 && node.path(BYTES).isTextual()
          ? Base64.getDecoder().decode(node.path(BYTES).textValue())
          : map(node);
    }
    return null;
  }
}
