package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps that the protocol writes as lists of {@code {"key":…,"value":…}}. */
final class KeyValues {

  static final Schema SCHEMA = Schema.of(Schema.text("key"), Schema.text("value"));

  private KeyValues() {}

  static Map<String, String> map(List<Message> pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(pair.text("key"), pair.text("value")));
    return map;
  }

  /** Writes a map unless it is empty. */
  static void put(ObjectNode into, String member, Map<String, String> map) {
    if (!map.isEmpty()) {
      ArrayNode pairs = into.putArray(member);
      map.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
    }
  }
}
