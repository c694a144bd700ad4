package otel;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Brings values of OTLP/JSON to the attributes of the API. */
final class Values {

  /** What takes an attribute. */
  interface Target {
    <T> Object put(AttributeKey<T> key, T value);
  }

  static void set(JsonNode attribute, Target target) {
    String key = attribute.get("key").asText();
    JsonNode value = attribute.get("value");
    switch (kind(value)) {
      case "stringValue", "invalidString" -> target.put(AttributeKey.stringKey(key), text(value));
      case "boolValue" -> target.put(AttributeKey.booleanKey(key), value.get("boolValue").asBoolean());
      case "intValue" -> target.put(AttributeKey.longKey(key), number(value));
      case "doubleValue" -> target.put(AttributeKey.doubleKey(key), real(value));
      case "arrayValue" -> array(key, value.at("/arrayValue/values"), target);
      default -> target.put(AttributeKey.valueKey(key), value(value));
    }
  }

  private static void array(String key, JsonNode values, Target target) {
    List<String> kinds = new ArrayList<>();
    values.forEach(value -> kinds.add(kind(value)));
    switch (kinds.stream().distinct().count() > 1 ? "mixed" : kinds.isEmpty() ? "stringValue" : kinds.get(0)) {
      case "stringValue", "invalidString" -> target.put(AttributeKey.stringArrayKey(key), list(values, Values::text));
      case "boolValue" -> target.put(AttributeKey.booleanArrayKey(key), list(values, v -> v.get("boolValue").asBoolean()));
      case "intValue" -> target.put(AttributeKey.longArrayKey(key), list(values, Values::number));
      case "doubleValue" -> target.put(AttributeKey.doubleArrayKey(key), list(values, Values::real));
      default -> target.put(AttributeKey.valueKey(key), Value.of(list(values, Values::value)));
    }
  }

  private static Value<?> value(JsonNode value) {
    return switch (kind(value)) {
      case "stringValue", "invalidString" -> Value.of(text(value));
      case "boolValue" -> Value.of(value.get("boolValue").asBoolean());
      case "intValue" -> Value.of(number(value));
      case "doubleValue" -> Value.of(real(value));
      case "bytesValue" -> Value.of(bytes(value));
      case "arrayValue" -> Value.of(list(value.at("/arrayValue/values"), Values::value));
      case "kvlistValue" -> Value.of(list(value.at("/kvlistValue/values"),
          pair -> KeyValue.of(pair.get("key").asText(), value(pair.get("value")))).toArray(KeyValue[]::new));
      default -> Value.empty();
    };
  }

  private static <T> List<T> list(JsonNode values, Function<JsonNode, T> read) {
    List<T> list = new ArrayList<>();
    values.forEach(value -> list.add(read.apply(value)));
    return list;
  }

  private static String kind(JsonNode value) {
    return value.fieldNames().hasNext() ? value.fieldNames().next() : "empty";
  }

  private static String text(JsonNode value) {
    return value.has("invalidString") ? "half a pair: \ud83d." : value.get("stringValue").asText();
  }

  private static long number(JsonNode value) {
    return Long.parseLong(value.get("intValue").asText());
  }

  private static double real(JsonNode value) {
    return Double.parseDouble(value.get("doubleValue").asText());
  }

  private static byte[] bytes(JsonNode value) {
    try {
      return value.get("bytesValue").binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
