package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.Attachment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the attachments in a value. */
final class Attachments {

  /** Deeper structures are left as they are; so are those that lead back into themselves. */
  private static final int MAX_DEPTH = 50;

  private Attachments() {}

  /**
   * Returns the value with every attachment replaced by a text; the value itself if it has none.
   */
  static @Nullable Object replace(@Nullable Object value, Function<Attachment, String> stand) {
    return contains(value, 0) ? copy(value, stand, 0) : value;
  }

  private static boolean contains(@Nullable Object value, int depth) {
    if (value instanceof Attachment) {
      return true;
    }
    if (depth >= MAX_DEPTH) {
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      return anyContains(map.values(), depth + 1);
    }
    if (value instanceof List<?> items) {
      return anyContains(items, depth + 1);
    }
    return value instanceof Object[] items && anyContains(Arrays.asList(items), depth + 1);
  }

  private static boolean anyContains(Iterable<?> items, int depth) {
    for (Object item : items) {
      if (contains(item, depth)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object copy(
      @Nullable Object value, Function<Attachment, String> stand, int depth) {
    if (value instanceof Attachment attachment) {
      return stand.apply(attachment);
    }
    if (depth >= MAX_DEPTH) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, item) -> all.put(key, copy(item, stand, depth + 1)));
      return all;
    }
    if (value instanceof List<?> items) {
      return copies(items, stand, depth);
    }
    return value instanceof Object[] items ? copies(Arrays.asList(items), stand, depth) : value;
  }

  private static List<@Nullable Object> copies(
      List<?> items, Function<Attachment, String> stand, int depth) {
    List<@Nullable Object> all = new ArrayList<>();
    items.forEach(item -> all.add(copy(item, stand, depth + 1)));
    return all;
  }
}
