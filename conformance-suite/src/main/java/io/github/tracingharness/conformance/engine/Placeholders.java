package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What the configuration of a case may name before it is known, such as an address. */
final class Placeholders {

  private Placeholders() {}

  /** Returns the configuration with the placeholders in its texts replaced. */
  static ObjectNode fill(ObjectNode config, Map<String, String> values) {
    ObjectNode filled = config.deepCopy();
    for (Map.Entry<String, JsonNode> setting : config.properties()) {
      if (setting.getValue().isTextual()) {
        String text = setting.getValue().asText();
        for (Map.Entry<String, String> value : values.entrySet()) {
          text = text.replace(value.getKey(), value.getValue());
        }
        filled.put(setting.getKey(), text);
      }
    }
    return filled;
  }
}
