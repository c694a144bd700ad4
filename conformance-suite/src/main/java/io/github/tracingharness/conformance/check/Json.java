package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Reads and compares JSON as tracking clients write it. */
final class Json {

  private static final ObjectMapper STRICT = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  // Python writes NaN and the infinities as bare words.
  private static final ObjectMapper PYTHON = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  /** Reads RFC 8259 JSON; empty when it is not. */
  static Optional<JsonNode> strict(String text) {
    return read(STRICT, text);
  }

  /** Reads what {@code json.dumps} writes; empty when it is not JSON even so. */
  static Optional<JsonNode> lenient(String text) {
    return read(PYTHON, text);
  }

  private static Optional<JsonNode> read(ObjectMapper mapper, String text) {
    try {
      JsonNode node = mapper.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Tells whether two values are the same: members in any order, whole numbers by value, fractional
   * numbers as doubles, and a whole number never the same as a fractional one.
   */
  static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return sameNumber(a, b);
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size() && sameMembers(a, b);
    }
    if (a.isArray() && b.isArray()) {
      return a.size() == b.size() && sameElements(a, b);
    }
    return a.equals(b);
  }

  private static boolean sameNumber(JsonNode a, JsonNode b) {
    if (a.isIntegralNumber() != b.isIntegralNumber()) {
      return false;
    }
    return a.isIntegralNumber()
        ? a.bigIntegerValue().equals(b.bigIntegerValue())
        : Double.compare(a.doubleValue(), b.doubleValue()) == 0;
  }

  private static boolean sameMembers(JsonNode a, JsonNode b) {
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      JsonNode other = b.get(member.getKey());
      if (other == null || !same(member.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(JsonNode a, JsonNode b) {
    Iterator<JsonNode> others = b.elements();
    for (JsonNode element : a) {
      if (!same(element, others.next())) {
        return false;
      }
    }
    return true;
  }
}
