package io.github.tracingharness.conformance.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions, such as {@code >=3.10 <3.19}. Conditions are divided by spaces or commas and
 * must all hold; {@code ||} divides alternatives; {@code *} is every version, and a version without
 * a sign is only itself. Missing numbers are 0; a forerunner ({@code 3.19rc1}) comes before its
 * version.
 */
public final class VersionRange {

  /** Every version. */
  public static final VersionRange ALL = new VersionRange("*", List.of(List.of()));

  static final String ALLOWED =
      "conditions like '>=3.10 <3.19', '3.17.2', '*', with || between" + " alternatives";

  private static final Pattern CONDITION =
      Pattern.compile("(>=|<=|>|<|=)?\\s*([^\\s,<>=|]+)[\\s,]*");

  private final String text;
  private final List<List<Condition>> alternatives;

  private VersionRange(String text, List<List<Condition>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  private record Condition(String sign, Version bound) {
    boolean holds(Version version) {
      IntPredicate wanted = switch (sign) {
        case ">=" -> d -> d >= 0;
        case "<=" -> d -> d <= 0;
        case ">" -> d -> d > 0;
        case "<" -> d -> d < 0;
        default -> d -> d == 0;
      };
      return wanted.test(version.compareTo(bound));
    }
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none; the message names what is allowed
   */
  public static VersionRange parse(String text) {
    List<List<Condition>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      alternatives.add(conditions(text, alternative.strip()));
    }
    return new VersionRange(text, List.copyOf(alternatives));
  }

  private static List<Condition> conditions(String text, String alternative) {
    if (alternative.equals("*")) {
      return List.of();
    }
    List<Condition> conditions = new ArrayList<>();
    Matcher matcher = CONDITION.matcher(alternative);
    int end = 0;
    while (end < alternative.length() && matcher.find(end) && matcher.start() == end) {
      Version bound = Version.parse(matcher.group(2)).orElseThrow(() -> invalid(text));
      conditions.add(new Condition(matcher.group(1) == null ? "=" : matcher.group(1), bound));
      end = matcher.end();
    }
    if (conditions.isEmpty() || end < alternative.length()) {
      throw invalid(text);
    }
    return List.copyOf(conditions);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no range of versions; allowed are " + ALLOWED);
  }

  /**
   * Returns whether the version lies in the range. A version that cannot be compared lies only in
   * {@code *}.
   */
  public boolean contains(String version) {
    Optional<Version> parsed = Version.parse(version);
    return alternatives.stream()
        .anyMatch(conditions -> conditions.isEmpty()
            || parsed.map(v -> conditions.stream().allMatch(c -> c.holds(v))).orElse(false));
  }

  /** Returns the range as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
