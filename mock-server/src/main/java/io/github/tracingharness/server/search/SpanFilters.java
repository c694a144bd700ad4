package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.ErrorCode;
import io.github.tracingharness.server.state.SpanContent;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Comparisons of one span; {@code trace.text} looks into the whole content of each. */
final class SpanFilters {

  static final String CONTENT = "content";

  private static final String ATTRIBUTES = "attributes.";
  private static final Set<String> COLUMNS = Set.of("name", "status", "type");
  private static final Set<String> COMPARATORS =
      Set.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN");
  private static final Set<String> CONTENT_COMPARATORS = Set.of("LIKE", "ILIKE");

  private SpanFilters() {}

  static Predicate<SpanEntry> predicate(Key key, Clauses.Clause clause) {
    String name = key.name();
    if (!clause.comparator().startsWith("IS ")) {
      Values.requireText("span", clause.value(), true);
    }
    requireKnown(name);
    requireComparator(
        name, clause.comparator(), name.equals(CONTENT) ? CONTENT_COMPARATORS : COMPARATORS);
    if (name.startsWith(ATTRIBUTES)) {
      return attribute(Key.unquoted(name.substring(ATTRIBUTES.length())), clause);
    }
    Predicate<String> test = Values.test(clause);
    return span -> {
      String actual = column(name, span);
      return actual != null && test.test(actual);
    };
  }

  /** The real server looks for the attribute's name and the value in the content as a text. */
  private static Predicate<SpanEntry> attribute(String name, Clauses.Clause clause) {
    String comparator = clause.comparator();
    if (comparator.endsWith("IN")) {
      String written = "%\"" + name + "\"" + clause.value() + "%";
      throw new TrackingException(
          ErrorCode.BAD_REQUEST,
          "IN expression list, SELECT construct, or bound parameter object expected, got '"
              + written.replace("'", "\\'")
              + "'.");
    }
    String wanted = Values.unquote(clause.value());
    String pattern = comparator.equals("RLIKE")
        ? contentRegex(name, wanted)
        : "%\"" + name + "\"" + wanted + "%";
    Predicate<String> test = Values.test(comparator, pattern);
    return span -> test.test(SpanContent.text(span));
  }

  private static String contentRegex(String name, String wanted) {
    boolean fromStart = wanted.startsWith("^");
    boolean toEnd = wanted.endsWith("$");
    String middle = wanted.substring(fromStart ? 1 : 0);
    middle = toEnd && !middle.isEmpty() ? middle.substring(0, middle.length() - 1) : middle;
    return "\"" + name + "\": \"\\\\\"" + (fromStart ? "" : ".*") + middle
        + (toEnd ? "\\\\\"" : "");
  }

  private static @Nullable String column(String name, SpanEntry span) {
    return switch (name) {
      case "name" -> span.name();
      case "status" -> span.status().code().name();
      case "type" -> span.type();
      default -> SpanContent.text(span);
    };
  }

  private static void requireKnown(String name) {
    if (name.equals(ATTRIBUTES)) {
      throw TrackingException.invalid("Span attribute name cannot be empty after 'attributes.'");
    }
    if (!COLUMNS.contains(name) && !name.equals(CONTENT) && !name.startsWith(ATTRIBUTES)) {
      throw TrackingException.invalid("Invalid span attribute '"
          + name
          + "'. Supported attributes: "
          + String.join(", ", new TreeSet<>(COLUMNS))
          + ", attributes.<attribute_name>.");
    }
  }

  private static void requireComparator(String name, String comparator, Set<String> valid) {
    if (!valid.contains(comparator)) {
      throw TrackingException.invalid("span."
          + name
          + " comparator '"
          + comparator
          + "' not one of '"
          + Key.pythonSet(new TreeSet<>(valid))
          + "'");
    }
  }
}
