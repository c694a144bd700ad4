package io.github.tracingharness.core.trace;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of {@link PythonJson#dumps}: the text so far and the containers that it is inside of. */
final class JsonWriter {

  /** Deeper structures end in their text form, so that no input exhausts the stack. */
  private static final int MAX_DEPTH = 200;

  private final JsonSink out;
  private final boolean asciiOnly;
  private final Function<Attachment, String> attachments;
  private final List<Object> open = new ArrayList<>(0);

  private JsonWriter(JsonSink out, boolean asciiOnly, Function<Attachment, String> attachments) {
    this.out = out;
    this.asciiOnly = asciiOnly;
    this.attachments = attachments;
  }

  static String write(
      @Nullable Object value, boolean asciiOnly, Function<Attachment, String> attachments) {
    JsonSink.TextWriter text = new JsonSink.TextWriter();
    new JsonWriter(text, asciiOnly, attachments).all(value);
    return text.toString();
  }

  /** Appends a value as {@link PythonJson#dumps(Object)} writes it. */
  static void write(@Nullable Object value, JsonSink out) {
    new JsonWriter(out, false, Attachment::toString).all(value);
  }

  static long asciiLength(@Nullable Object value) {
    JsonSink.LengthWriter length = new JsonSink.LengthWriter();
    new JsonWriter(length, true, Attachment::toString).all(value);
    return length.get();
  }

  private void all(@Nullable Object value) {
    try {
      value(value);
    } catch (RuntimeException | StackOverflowError e) {
      // A collection that changes meanwhile, or an accessor that throws.
      out.clear();
      string(value == null ? "null" : Texts.toStringOf(value));
    }
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof CharSequence || value instanceof Character) {
      string(value.toString());
    } else if (value instanceof Boolean || isInteger(value)) {
      out.append(value.toString());
    } else if (value instanceof Double || value instanceof Float) {
      number(((Number) value).doubleValue(), value);
    } else if (value instanceof JsonText json) {
      string(json.text());
    } else if (value instanceof Optional<?> optional) {
      value(optional.orElse(null));
    } else if (value instanceof byte[] bytes) {
      string(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Map<?, ?> map) {
      if (enter(value, "{...}")) {
        members(map);
        leave();
      }
    } else if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
      if (enter(value, "[...]")) {
        items(items.iterator());
        leave();
      }
    } else if (value.getClass().isArray()) {
      if (enter(value, "[...]")) {
        array(value);
        leave();
      }
    } else if (value instanceof Attachment attachment) {
      string(attachments.apply(attachment));
    } else if (value instanceof Record) {
      if (enter(value, "{...}")) {
        components(value);
        leave();
      }
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

  /** Writes a stand-in and returns false if the container is not to be entered. */
  private boolean enter(Object container, String standIn) {
    if (open.size() >= MAX_DEPTH || isOpen(container)) {
      string(standIn);
      return false;
    }
    open.add(container);
    return true;
  }

  private void leave() {
    open.remove(open.size() - 1);
  }

  private boolean isOpen(Object container) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i) == container) {
        return true;
      }
    }
    return false;
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
    if (isPlain(text)) {
      out.append(text);
    } else {
      escaped(text);
    }
    out.append('"');
  }

  /** Tells whether a text stands for itself; most need no escapes and are copied as a whole. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        character(c);
      }
    }
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
