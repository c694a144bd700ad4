package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the server writes OTLP attribute values: as JSON texts, with nested JSON unwrapped. */
public final class AttributeText {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AttributeText() {}

  /**
   * Writes a span attribute. A text that itself is a JSON object, list or string is kept as it is.
   *
   * @param value a plain value
   * @return its JSON text
   */
  static String of(@Nullable Object value) {
    if (value instanceof String text) {
      Optional<JsonNode> nested = Json.read(text);
      if (nested.isPresent() && (nested.get().isContainerNode() || nested.get().isTextual())) {
        return text;
      }
    }
    return JsonLayout.SPACED.write(node(value), false);
  }

  /**
   * Turns a plain value into a tree. Bytes become the text that Python shows for them.
   *
   * @param value a plain value
   * @return its tree
   */
  public static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof byte[] bytes) {
      return NODES.textNode(pythonBytes(bytes));
    }
    if (value instanceof List<?> list) {
      ArrayNode items = NODES.arrayNode();
      list.forEach(item -> items.add(node(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode members = NODES.objectNode();
      map.forEach((key, member) -> members.set(String.valueOf(key), node(member)));
      return members;
    }
    return NODES.textNode(value.toString());
  }

  private static String pythonBytes(byte[] bytes) {
    boolean single = contains(bytes, '\'') && !contains(bytes, '"');
    char quote = single ? '"' : '\'';
    StringBuilder text = new StringBuilder("b").append(quote);
    for (byte b : bytes) {
      int c = b & 0xff;
      if (c == '\\' || c == quote) {
        text.append('\\').append((char) c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c == '\r') {
        text.append("\\r");
      } else if (c == '\t') {
        text.append("\\t");
      } else if (c < 0x20 || c > 0x7e) {
        text.append(String.format(Locale.ROOT, "\\x%02x", c));
      } else {
        text.append((char) c);
      }
    }
    return text.append(quote).toString();
  }

  private static boolean contains(byte[] bytes, char wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
