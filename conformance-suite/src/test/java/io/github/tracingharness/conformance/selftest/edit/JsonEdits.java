package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every member and element of every JSON body: missing, of another type, of another value. */
final class JsonEdits {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonEdits() {}

  static List<HistoryEdit> all(Pool pool) {
    return List.of(
        value("json-removed", "A member or element is missing", v -> null),
        value("json-type", "A value is of another type", JsonEdits::otherType),
        value("json-value", "A value is another one of its type", JsonEdits::otherValue),
        value("json-cut", "A text is one character shorter, a number one less", JsonEdits::cut),
        value("json-emptied", "A text, list or object is empty", JsonEdits::emptied),
        value("json-element-repeated", "The first element of a list stands there twice", v -> {
          ArrayNode list = list(v);
          return list.isEmpty() ? v : list.insert(0, list.get(0));
        }),
        value("json-list-reversed", "A list is in the opposite order", v -> {
          ArrayNode turned = NODES.arrayNode();
          list(v).forEach(e -> turned.insert(0, e));
          return turned.size() < 2 ? v : turned;
        }),
        new HistoryEdit(
            "json-member-added",
            "A body has a member that bodies of other cases have",
            h -> Places.requestsAt(h, e -> added(e, pool))));
  }

  private static HistoryEdit value(
      String id, String words, UnaryOperator<@Nullable JsonNode> edit) {
    return new HistoryEdit(id, words, h -> Places.requestsAt(h, e -> changes(e, edit)));
  }

  private static Map<String, Exchange> changes(Exchange e, UnaryOperator<@Nullable JsonNode> edit) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    JsonNode body = Bodies.json(e).orElse(NODES.missingNode());
    int seen = 0;
    for (JsonPlace place : JsonPlace.all(body)) {
      if (place.value().equals(edit.apply(place.value()))) {
        continue;
      }
      String label = place.label();
      // Made-up keys and elements share a label; each is a change of its own.
      String key = changes.containsKey(label) ? label + " #" + ++seen : label;
      changes.put(key, Bodies.with(e, place.changed(body, edit)));
    }
    return changes;
  }

  private static Map<String, Exchange> added(Exchange e, Pool pool) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    JsonNode body = Bodies.json(e).orElse(NODES.missingNode());
    pool.members().getOrDefault(e.endpoint(), Map.of()).forEach((label, value) -> {
      int end = label.lastIndexOf('/');
      String name = label.substring(end + 1);
      if (label.contains("/text") || label.contains("*") || label.contains("{key}")) {
        return;
      }
      if (body.at(label.substring(0, end)) instanceof ObjectNode parent && !parent.has(name)) {
        ObjectNode whole = body.deepCopy();
        ((ObjectNode) whole.at(label.substring(0, end))).set(name, value);
        changes.put(label, Bodies.with(e, whole));
      }
    });
    return changes;
  }

  private static ArrayNode list(@Nullable JsonNode value) {
    return value instanceof ArrayNode list ? list.deepCopy() : NODES.arrayNode();
  }

  private static JsonNode otherType(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return NODES.numberNode(7);
    }
    if (value.isTextual()) {
      return value.asText().matches("[0-9]{1,15}")
          ? NODES.numberNode(Long.parseLong(value.asText()))
          : NODES.numberNode(7);
    }
    return NODES.textNode(value.isContainerNode() ? value.toString() : value.asText());
  }

  private static JsonNode otherValue(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return NODES.textNode("x");
    }
    if (value.isTextual()) {
      return NODES.textNode(otherText(value.asText()));
    }
    if (value.isBoolean()) {
      return NODES.booleanNode(!value.booleanValue());
    }
    if (value.isNumber()) {
      return value.isIntegralNumber()
          ? NODES.numberNode(value.bigIntegerValue().add(BigInteger.ONE))
          : NODES.numberNode(value.decimalValue().add(BigDecimal.ONE));
    }
    return value;
  }

  /** Another text that is still JSON, a number, or a duration, where the text was one. */
  private static String otherText(String text) {
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(0, text.length() - 1) + "~\"";
    }
    if (text.matches("-?[0-9]+(\\.[0-9]+)?s?")) {
      return text.startsWith("1") ? "2" + text.substring(1) : "1" + text;
    }
    return switch (text) {
      case "true" -> "false";
      case "false" -> "true";
      default -> text + "~";
    };
  }

  private static @Nullable JsonNode cut(@Nullable JsonNode value) {
    if (value != null && value.isTextual() && !value.asText().isEmpty()) {
      return NODES.textNode(value.asText().substring(0, value.asText().length() - 1));
    }
    return value != null && value.isIntegralNumber()
        ? NODES.numberNode(value.bigIntegerValue().subtract(BigInteger.ONE))
        : value;
  }

  private static @Nullable JsonNode emptied(@Nullable JsonNode value) {
    if (value == null || (value.isContainerNode() && value.isEmpty())) {
      return value;
    }
    return value.isTextual()
        ? NODES.textNode("")
        : value.isObject() ? NODES.objectNode() : value.isArray() ? NODES.arrayNode() : value;
  }
}
