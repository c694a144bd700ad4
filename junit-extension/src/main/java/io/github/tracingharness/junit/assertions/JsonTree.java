package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares values as JSON: order of members and layout do not matter, types do. */
final class JsonTree {

  private JsonTree() {}

  /** Returns the tree of a Java value: maps, lists, texts, numbers, booleans and null. */
  static @Nullable Object of(@Nullable Object value) {
    return PythonJson.loads(PythonJson.dumps(value));
  }

  /** Returns the tree of a text, or the text itself if it is no JSON. */
  static @Nullable Object read(String text) {
    try {
      return PythonJson.loads(text);
    } catch (IllegalArgumentException notJson) {
      return text;
    }
  }

  /** Describes the first difference by its path, or returns empty if there is none. */
  static Optional<String> difference(@Nullable Object expected, @Nullable Object actual) {
    return difference("$", expected, actual);
  }

  private static Optional<String> difference(
      String path, @Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
      return members(path, wanted, found);
    }
    if (expected instanceof List<?> wanted && actual instanceof List<?> found) {
      return items(path, wanted, found);
    }
    return Objects.equals(expected, actual)
        ? Optional.empty()
        : Optional.of(at(path, PythonJson.dumps(expected), PythonJson.dumps(actual)));
  }

  private static Optional<String> members(String path, Map<?, ?> wanted, Map<?, ?> found) {
    Set<Object> keys = new LinkedHashSet<>(wanted.keySet());
    keys.addAll(found.keySet());
    for (Object key : keys) {
      String below = path + "." + key;
      if (!found.containsKey(key)) {
        return Optional.of(at(below, PythonJson.dumps(wanted.get(key)), "nothing"));
      }
      if (!wanted.containsKey(key)) {
        return Optional.of(at(below, "nothing", PythonJson.dumps(found.get(key))));
      }
      Optional<String> difference = difference(below, wanted.get(key), found.get(key));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> items(String path, List<?> wanted, List<?> found) {
    for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
      Optional<String> difference = difference(path + "[" + i + "]", wanted.get(i), found.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return wanted.size() == found.size()
        ? Optional.empty()
        : Optional.of(at(path, wanted.size() + " items", found.size() + " items"));
  }

  private static String at(String path, String expected, String actual) {
    return "at " + path + ": expected " + expected + ", found " + actual;
  }
}
