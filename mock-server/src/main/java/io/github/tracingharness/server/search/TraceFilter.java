package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.PromptLink;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of a filter into a predicate. */
public final class TraceFilter {

  private static final Set<String> NUMBER_COMPARATORS = Set.of(">", ">=", "<", "<=", "=", "!=");
  private static final Set<String> TEXT_COMPARATORS =
      Set.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN");
  private static final Set<String> ENTRY_COMPARATORS =
      Set.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IS NULL", "IS NOT NULL");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", Pattern.DOTALL);

  private TraceFilter() {}

  /**
   * Reads a filter.
   *
   * @param filter its text; empty for all traces
   * @return what fits
   * @throws TrackingException if the filter is wrong or looks at what the fake does not support
   */
  public static Predicate<TraceEntry> parse(String filter) {
    Predicate<TraceEntry> all = trace -> true;
    for (Clauses.Clause clause : Clauses.parse(filter)) {
      all = all.and(predicate(clause));
    }
    return all;
  }

  private static Predicate<TraceEntry> predicate(Clauses.Clause clause) {
    if (QUOTED.matcher(clause.key()).matches()) {
      throw TrackingException.invalid(
          "Invalid comparison clause. Expected 'Identifier' found '" + clause.key() + "'");
    }
    Key key = Key.ofFilter(clause.key());
    return switch (key.kind()) {
      case NUMBER -> numbers(key, clause);
      case TEXT -> texts(key, clause);
      case ENTRY_TAG -> entries(key, clause, "tag");
      case ENTRY_METADATA -> entries(key, clause, "metadata");
      case PROMPT -> prompts(clause);
      case UNSUPPORTED -> throw Unsupported.refusal(clause);
    };
  }

  private static Predicate<TraceEntry> numbers(Key key, Clauses.Clause clause) {
    requireComparator(clause.comparator(), NUMBER_COMPARATORS);
    if (!NUMBER.matcher(clause.value()).matches()) {
      throw TrackingException.invalid(
          "Expected numeric value for attribute " + key.name() + ". Found " + clause.value());
    }
    double wanted = Double.parseDouble(clause.value());
    return trace -> {
      Long actual = key.number(trace);
      return actual != null && compares(Double.compare(actual, wanted), clause.comparator());
    };
  }

  private static boolean compares(int sign, String comparator) {
    return switch (comparator) {
      case ">" -> sign > 0;
      case ">=" -> sign >= 0;
      case "<" -> sign < 0;
      case "<=" -> sign <= 0;
      case "=" -> sign == 0;
      default -> sign != 0;
    };
  }

  private static Predicate<TraceEntry> texts(Key key, Clauses.Clause clause) {
    requireComparator(clause.comparator(), TEXT_COMPARATORS);
    if (NUMBER.matcher(clause.value()).matches()) {
      throw TrackingException.invalid("Only the '"
          + Key.pythonSet(new TreeSet<>(Key.NUMBERS))
          + "' attributes support comparison with numeric values.");
    }
    if (key.name().equals("run_id") && clause.comparator().equals("=")) {
      String run = unquote(clause.value());
      return matching(key, clause).or(trace -> trace.runs().contains(run));
    }
    return matching(key, clause);
  }

  private static Predicate<TraceEntry> entries(Key key, Clauses.Clause clause, String what) {
    requireComparator(clause.comparator(), ENTRY_COMPARATORS, what.equals("tag") ? "" : "'");
    if (clause.comparator().equals("IS NULL")) {
      return trace -> key.text(trace) == null;
    }
    if (clause.comparator().equals("IS NOT NULL")) {
      return trace -> key.text(trace) != null;
    }
    if (!QUOTED.matcher(clause.value()).matches()) {
      throw TrackingException.invalid("Expected a quoted string value for "
          + what
          + " (e.g. 'my-value'). Got value "
          + clause.value());
    }
    return matching(key, clause);
  }

  private static Predicate<TraceEntry> prompts(Clauses.Clause clause) {
    if (!clause.comparator().equals("=")) {
      throw TrackingException.invalid("Invalid comparator '"
          + clause.comparator()
          + "' for prompts filter. Only '=' is supported with format: prompt ="
          + " \"name/version\"");
    }
    String[] parts = unquote(clause.value()).split("/", -1);
    if (parts.length != 2) {
      throw TrackingException.invalid("Invalid prompts filter value '"
          + unquote(clause.value())
          + "'. Expected format: prompt = \"name/version\"");
    }
    PromptLink wanted = new PromptLink(parts[0], parts[1]);
    return trace -> trace.prompts().contains(wanted);
  }

  private static Predicate<TraceEntry> matching(Key key, Clauses.Clause clause) {
    Predicate<String> test = test(clause);
    return trace -> {
      String actual = key.text(trace);
      return actual != null && test.test(actual);
    };
  }

  static Predicate<String> test(Clauses.Clause clause) {
    String comparator = clause.comparator();
    if (comparator.endsWith("IN")) {
      List<String> wanted = list(clause.value());
      return comparator.equals("IN") ? wanted::contains : actual -> !wanted.contains(actual);
    }
    String wanted = unquote(clause.value());
    return switch (comparator) {
      case "=" -> wanted::equals;
      case "!=" -> actual -> !wanted.equals(actual);
      case "LIKE" -> like(wanted, 0).asMatchPredicate();
      case "ILIKE" ->
        like(wanted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE).asMatchPredicate();
      default -> Pattern.compile(wanted).asPredicate();
    };
  }

  private static Pattern like(String wanted, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }

  private static List<String> list(String value) {
    List<String> items = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(value);
    while (quoted.find()) {
      items.add(unquote(quoted.group()));
    }
    return items;
  }

  private static String unquote(String value) {
    if (!QUOTED.matcher(value).matches()) {
      throw TrackingException.invalid(
          "Parameter value is either not quoted or unidentified quote types used for string value "
              + value
              + ". Use either single or double quotes.");
    }
    return value.substring(1, value.length() - 1);
  }

  private static void requireComparator(String comparator, Set<String> valid) {
    requireComparator(comparator, valid, "'");
  }

  /** The real server's message lacks its last quote for tags. */
  private static void requireComparator(String comparator, Set<String> valid, String lastQuote) {
    if (!valid.contains(comparator)) {
      throw TrackingException.invalid("Invalid comparator '"
          + comparator.toUpperCase(Locale.ROOT)
          + "' not one of '"
          + Key.pythonSet(new TreeSet<>(valid))
          + lastQuote);
    }
  }
}
