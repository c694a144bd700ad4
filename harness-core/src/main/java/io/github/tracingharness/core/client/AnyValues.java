package io.github.tracingharness.core.client;

import com.google.protobuf.CodedOutputStream;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import java.io.IOException;
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

  static void writeAll(CodedOutputStream out, int field, Map<String, ?> attributes)
      throws IOException {
    for (Map.Entry<String, ?> entry : attributes.entrySet()) {
      ProtoMessage.nest(out, field, pair -> {
        pair.writeString(KEY, entry.getKey());
        ProtoMessage.nest(pair, VALUE, value -> attribute(value, entry.getValue()));
      });
    }
  }

  private static void attribute(CodedOutputStream out, @Nullable Object value) throws IOException {
    write(out, value instanceof JsonText json ? decoded(json.text()) : value);
  }

  private static @Nullable Object decoded(String json) {
    try {
      return PythonJson.loads(json);
    } catch (IllegalArgumentException e) {
      return json;
    }
  }

  /**
   * Null is a value with nothing set. Integers beyond 64 bits have no form in OTLP and become text.
   */
  private static void write(CodedOutputStream out, @Nullable Object value) throws IOException {
    if (value == null) {
      return;
    }
    if (value instanceof Boolean flag) {
      out.writeBool(BOOL, flag);
    } else if (value instanceof Integer || value instanceof Long) {
      out.writeInt64(INT, ((Number) value).longValue());
    } else if (value instanceof BigInteger number && number.bitLength() <= LONG_BITS) {
      out.writeInt64(INT, number.longValue());
    } else if (value instanceof Double number) {
      out.writeDouble(DOUBLE, number);
    } else if (value instanceof List<?> items) {
      ProtoMessage.nest(out, ARRAY, array -> items(array, items));
    } else if (value instanceof Map<?, ?> members) {
      ProtoMessage.nest(out, KEY_VALUES, list -> members(list, members));
    } else {
      out.writeString(STRING, Texts.wellFormed(value.toString()));
    }
  }

  private static void items(CodedOutputStream out, List<?> items) throws IOException {
    for (Object item : items) {
      ProtoMessage.nest(out, LIST_VALUES, value -> write(value, item));
    }
  }

  private static void members(CodedOutputStream out, Map<?, ?> members) throws IOException {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      ProtoMessage.nest(out, LIST_VALUES, pair -> {
        pair.writeString(KEY, Texts.wellFormed(String.valueOf(member.getKey())));
        ProtoMessage.nest(pair, VALUE, value -> write(value, member.getValue()));
      });
    }
  }
}
