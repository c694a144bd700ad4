package io.github.tracingharness.junit.assertions;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Words of failure messages. */
final class Words {

  private Words() {}

  static String quoted(Object value) {
    return "\"" + value + "\"";
  }

  static String millis(Duration duration) {
    return millis(duration.toNanos());
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }

  /** Lists texts in their order, or says that there are none. */
  static String list(Collection<String> texts) {
    return texts.isEmpty()
        ? "none"
        : texts.stream().map(Words::quoted).collect(Collectors.joining(", "));
  }

  static String entries(Map<String, String> entries) {
    return entries.isEmpty()
        ? "  none"
        : new TreeMap<>(entries)
            .entrySet().stream()
                .map(entry -> "  " + entry.getKey() + " = " + quoted(entry.getValue()))
                .collect(Collectors.joining("\n"));
  }

  /** Says which candidate is most like the name that was not found, if one is like it at all. */
  static String nearest(String name, Collection<String> candidates) {
    Optional<String> nearest = candidates.stream()
        .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    return nearest.map(text -> "\nNearest: " + quoted(text)).orElse("");
  }

  /** Returns how many letters must be changed, added or left out, in any case of the letters. */
  private static int distance(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int same = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
