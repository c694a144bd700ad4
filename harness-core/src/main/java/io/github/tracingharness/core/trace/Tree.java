package io.github.tracingharness.core.trace;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes values out of a JSON object; a wrong one is named by its key. */
final class Tree {

  private final Map<?, ?> values;

  Tree(Map<?, ?> values) {
    this.values = values;
  }

  static Tree of(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return new Tree(map);
    }
    throw new IllegalArgumentException(what + " is no JSON object");
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  String text(String key) {
    return texts(key, values.get(key));
  }

  @Nullable
  String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  private static String texts(String key, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " is no text but " + value);
  }

  /** Reads a number that may be written as text, as protobuf writes those of 64 bits. */
  long number(String key) {
    Object value = values.get(key);
    try {
      if (value instanceof String || value instanceof BigInteger) {
        return new BigInteger(value.toString()).longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(key + " is no number of 64 bits but " + value, e);
    }
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new IllegalArgumentException(key + " is no number but " + value);
  }

  Tree object(String key) {
    return of(values.get(key), key);
  }

  List<Tree> objects(String key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> items) {
      return items.stream().map(item -> of(item, "an item of " + key)).toList();
    }
    throw new IllegalArgumentException(key + " is no list");
  }

  Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (has(key)) {
      object(key)
          .values
          .forEach(
              (name, value) -> texts.put(String.valueOf(name), texts(key + "." + name, value)));
    }
    return texts;
  }

  /** Returns all members of an object but those that are null; whole numbers are longs. */
  Map<String, Object> members(String key) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (has(key)) {
      object(key).values.forEach((name, value) -> {
        if (value != null) {
          members.put(String.valueOf(name), plain(value));
        }
      });
    }
    return members;
  }

  private static Object plain(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof List<?> items && items.stream().noneMatch(item -> item == null)
        ? items.stream().map(Tree::plain).toList()
        : value;
  }
}
