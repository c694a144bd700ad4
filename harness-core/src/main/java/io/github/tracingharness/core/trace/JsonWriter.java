package io.github.tracingharness.core.trace;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One run of {@link PythonJson#dumps}: the text so far and the containers that it is inside of. */
final class JsonWriter {

  /** Deeper structures end in their text form, so that no input exhausts the stack. */
  private static final int MAX_DEPTH = 200;

  private final StringBuilder out = new StringBuilder();
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean asciiOnly;

  private JsonWriter(boolean asciiOnly) {
    this.asciiOnly = asciiOnly;
  }

  static String write(@Nullable Object value, boolean asciiOnly) {
    JsonWriter writer = new JsonWriter(asciiOnly);
    try {
      writer.value(value);
    } catch (RuntimeException | StackOverflowError e) {
      // A collection that changes meanwhile, or an accessor that throws.
      writer.out.setLength(0);
      writer.string(value == null ? "null" : Texts.toStringOf(value));
    }
    return writer.out.toString();
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof CharSequence || value instanceof Character) {
      string(value.toString());
    } else if (value instanceof Boolean || isInteger(value)) {
      out.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      number(((Number) value).doubleValue(), value);
    } else if (value instanceof JsonText json) {
      string(json.text());
    } else if (value instanceof Optional<?> optional) {
      value(optional.orElse(null));
    } else if (value instanceof byte[] bytes) {
      string(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Map<?, ?> map) {
      nested(value, "{...}", () -> members(map));
    } else if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
      nested(value, "[...]", () -> items(items.iterator()));
    } else if (value.getClass().isArray()) {
      nested(value, "[...]", () -> array(value));
    } else if (value instanceof Record) {
      nested(value, "{...}", () -> components(value));
    } else {
      string(Texts.toStringOf(value));
    }
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof AtomicInteger
        || value instanceof AtomicLong;
  }

  private void number(double value, Object original) {
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "Infinity" : "-Infinity");
    } else {
      // The text of a float, not of the double nearest to it: 0.1f is 0.1.
      out.append(PythonFloat.repr(
          original instanceof Float ? Double.parseDouble(original.toString()) : value));
    }
  }

  private void nested(Object container, String standIn, Runnable content) {
    if (open.size() >= MAX_DEPTH || !open.add(container)) {
      string(standIn);
      return;
    }
    content.run();
    open.remove(container);
  }

  private void members(Map<?, ?> map) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      string(key(entry.getKey()));
      out.append(": ");
      value(entry.getValue());
      separator = ", ";
    }
    out.append('}');
  }

  private static String key(@Nullable Object key) {
    if (key == null) {
      return "null";
    }
    if (key instanceof Double number) {
      return PythonFloat.repr(number);
    }
    return Texts.toStringOf(key);
  }

  private void items(Iterator<?> items) {
    out.append('[');
    String separator = "";
    while (items.hasNext()) {
      out.append(separator);
      value(items.next());
      separator = ", ";
    }
    out.append(']');
  }

  private void array(Object array) {
    out.append('[');
    for (int i = 0; i < Array.getLength(array); i++) {
      if (i > 0) {
        out.append(", ");
      }
      value(Array.get(array, i));
    }
    out.append(']');
  }

  private void components(Object record) {
    out.append('{');
    String separator = "";
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      out.append(separator);
      string(component.getName());
      out.append(": ");
      value(component(record, component));
      separator = ", ";
    }
    out.append('}');
  }

  private static @Nullable Object component(Object record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        character(c);
      }
    }
    out.append('"');
  }

  /** Writes the character at a surrogate and returns how many more code units it took. */
  private int surrogate(String text, int index) {
    boolean pair = Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
    if (!pair) {
      out.append('?');
      return 0;
    }
    for (int i = index; i <= index + 1; i++) {
      if (asciiOnly) {
        escape(text.charAt(i));
      } else {
        out.append(text.charAt(i));
      }
    }
    return 1;
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ' || (asciiOnly && c > '~')) {
          escape(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xF, 16));
    }
  }
}
