package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes attributes as OTLP key-value pairs. */
final class AnyValues {

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;
  private static final int DOUBLE = 4;
  private static final int ARRAY = 5;
  private static final int KEY_VALUES = 6;
  private static final int LIST_VALUES = 1;
  private static final int LONG_BITS = 63;

  private AnyValues() {}

  static void writeAll(ProtoWriter out, int field, Map<String, ?> attributes) {
    for (Map.Entry<String, ?> entry : attributes.entrySet()) {
      Object value = entry.getValue();
      pair(out, field, entry.getKey(), value instanceof JsonText json ? decoded(json) : value);
    }
  }

  private static void pair(ProtoWriter out, int field, String key, @Nullable Object value) {
    int pair = out.begin(field);
    out.string(KEY, key);
    int content = out.begin(VALUE);
    write(out, value);
    out.end(content);
    out.end(pair);
  }

  private static @Nullable Object decoded(JsonText json) {
    try {
      return PythonJson.loads(json.text());
    } catch (IllegalArgumentException e) {
      return json.text();
    }
  }

  /**
   * Null is a value with nothing set. Integers beyond 64 bits have no form in OTLP and become text.
   */
  private static void write(ProtoWriter out, @Nullable Object value) {
    if (value == null) {
      return;
    }
    if (value instanceof Boolean flag) {
      out.bool(BOOL, flag);
    } else if (value instanceof Integer || value instanceof Long) {
      out.int64(INT, ((Number) value).longValue());
    } else if (value instanceof BigInteger number && number.bitLength() <= LONG_BITS) {
      out.int64(INT, number.longValue());
    } else if (value instanceof Double number) {
      out.float64(DOUBLE, number);
    } else if (value instanceof List<?> items) {
      items(out, items);
    } else if (value instanceof Map<?, ?> members) {
      members(out, members);
    } else {
      out.string(STRING, Texts.wellFormed(value.toString()));
    }
  }

  private static void items(ProtoWriter out, List<?> items) {
    int array = out.begin(ARRAY);
    for (Object item : items) {
      int value = out.begin(LIST_VALUES);
      write(out, item);
      out.end(value);
    }
    out.end(array);
  }

  private static void members(ProtoWriter out, Map<?, ?> members) {
    int list = out.begin(KEY_VALUES);
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String key = Texts.wellFormed(String.valueOf(member.getKey()));
      pair(out, LIST_VALUES, key, member.getValue());
    }
    out.end(list);
  }
}
