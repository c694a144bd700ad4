package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the tokens of a trace. A span below one that has a usage is not counted: the upper one
 * includes it.
 */
final class TokenUsage {

  private static final List<String> BASE_KEYS =
      List.of("input_tokens", "output_tokens", "total_tokens");
  private static final List<String> CACHE_KEYS =
      List.of("cache_read_input_tokens", "cache_creation_input_tokens");

  private TokenUsage() {}

  /** Returns the sum as JSON text, or nothing if no span has a usage. */
  static Optional<String> sum(List<Span> spans) {
    if (spans.stream().allMatch(span -> span.jsonAttribute(SpanAttributeKey.CHAT_USAGE) == null)) {
      return Optional.empty();
    }
    Set<String> ids = new HashSet<>();
    spans.forEach(span -> ids.add(span.spanId()));
    Map<String, List<Span>> children = new HashMap<>();
    List<Span> pending = new ArrayList<>();
    for (Span span : spans) {
      String parent = span.parentSpanId();
      if (parent == null || !ids.contains(parent)) {
        pending.add(span);
      } else {
        children.computeIfAbsent(parent, key -> new ArrayList<>()).add(span);
      }
    }
    Map<String, Long> total = new LinkedHashMap<>();
    boolean found = false;
    while (!pending.isEmpty()) {
      Span span = pending.remove(pending.size() - 1);
      Map<?, ?> usage = usage(span);
      if (usage == null) {
        pending.addAll(children.getOrDefault(span.spanId(), List.of()));
      } else {
        found = true;
        add(total, usage);
      }
    }
    return found ? Optional.of(PythonJson.dumpsAscii(ordered(total))) : Optional.empty();
  }

  private static @Nullable Map<?, ?> usage(Span span) {
    String json = span.jsonAttribute(SpanAttributeKey.CHAT_USAGE);
    if (json == null) {
      return null;
    }
    try {
      return PythonJson.loads(json) instanceof Map<?, ?> usage ? usage : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void add(Map<String, Long> total, Map<?, ?> usage) {
    BASE_KEYS.forEach(key -> total.merge(key, count(usage.get(key)), Long::sum));
    CACHE_KEYS.stream()
        .filter(usage::containsKey)
        .forEach(key -> total.merge(key, count(usage.get(key)), Long::sum));
  }

  private static long count(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static Map<String, Long> ordered(Map<String, Long> total) {
    Map<String, Long> ordered = new LinkedHashMap<>();
    BASE_KEYS.forEach(key -> ordered.put(key, total.getOrDefault(key, 0L)));
    CACHE_KEYS.stream().filter(total::containsKey).forEach(key -> ordered.put(key, total.get(key)));
    return ordered;
  }
}
