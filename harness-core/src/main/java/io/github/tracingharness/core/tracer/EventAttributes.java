package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns plain maps into OpenTelemetry attributes. Unlike span attributes these keep their type. */
final class EventAttributes {

  private EventAttributes() {}

  static Attributes of(Map<String, ?> values) {
    AttributesBuilder attributes = Attributes.builder();
    values.forEach((key, value) -> put(attributes, Texts.wellFormed(key), value));
    return attributes.build();
  }

  private static void put(AttributesBuilder attributes, String key, @Nullable Object value) {
    if (value instanceof CharSequence text) {
      attributes.put(key, Texts.wellFormed(text.toString()));
    } else if (value instanceof Boolean flag) {
      attributes.put(key, flag);
    } else if (value instanceof Number number && isInteger(number)) {
      attributes.put(key, number.longValue());
    } else if (value instanceof Double number) {
      attributes.put(key, number);
    } else if (value instanceof Float number) {
      attributes.put(key, number.doubleValue());
    } else if (value instanceof List<?> items && !items.isEmpty()) {
      list(attributes, key, items);
    } else if (value != null) {
      attributes.put(key, PythonJson.dumps(value));
    }
  }

  private static void list(AttributesBuilder attributes, String key, List<?> items) {
    if (items.stream().allMatch(CharSequence.class::isInstance)) {
      attributes.put(
          AttributeKey.stringArrayKey(key),
          items.stream().map(item -> Texts.wellFormed(item.toString())).toList());
    } else if (items.stream().allMatch(Boolean.class::isInstance)) {
      attributes.put(
          AttributeKey.booleanArrayKey(key),
          items.stream().map(Boolean.class::cast).toList());
    } else if (items.stream().allMatch(EventAttributes::isInteger)) {
      attributes.put(
          AttributeKey.longArrayKey(key),
          items.stream().map(item -> ((Number) item).longValue()).toList());
    } else if (items.stream().allMatch(item -> item instanceof Double || item instanceof Float)) {
      attributes.put(
          AttributeKey.doubleArrayKey(key),
          items.stream().map(item -> ((Number) item).doubleValue()).toList());
    } else {
      attributes.put(key, PythonJson.dumps(items));
    }
  }

  private static boolean isInteger(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }
}
