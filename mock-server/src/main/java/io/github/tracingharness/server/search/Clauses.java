package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits a filter into comparisons joined by AND. */
final class Clauses {

  /**
   * One comparison.
   *
   * @param key what is compared, as written
   * @param comparator in upper case; words are separated by one blank
   * @param value as written; empty after IS NULL
   */
  record Clause(String key, String comparator, String value) {}

  private static final Set<String> SIGNS = Set.of("<>", "<=", ">=", "!=", "==", "=", "<", ">");
  private static final Set<String> WORD_COMPARATORS = Set.of("LIKE", "ILIKE", "RLIKE", "IN");

  private final List<String> tokens;

  private Clauses(String filter) {
    this.tokens = Scanner.tokens(filter);
  }

  static List<Clause> parse(String filter) {
    if (filter.isEmpty()) {
      return List.of();
    }
    if (filter.isBlank()) {
      throw TrackingException.invalid("Invalid filter '" + filter + "'. Could not be parsed.");
    }
    Clauses parser = new Clauses(filter);
    if (parser.tokens.indexOf(";") >= 0 && parser.tokens.indexOf(";") < parser.tokens.size() - 1) {
      throw TrackingException.invalid("Search filter contained multiple expression \""
          + filter
          + "\". Provide AND-ed expression list.");
    }
    return parser.clauses();
  }

  private List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      int length = comparatorLength(at + 1);
      boolean unary = length > 0 && comparator(at + 1, length).startsWith("IS ");
      int end = at + 1 + length + (unary ? 0 : 1);
      if (isBuiltInWord(at) && at + 2 < tokens.size() && !isIntegerComparison(at)) {
        // The real server's parser takes the word for a type, gives up, and names it once more.
        tokens.subList(at, at + 3).forEach(token -> invalid.add("'" + token + "'"));
        invalid.add("'" + tokens.get(at) + "'");
        at += 3;
      } else if (length > 0
          && end <= tokens.size()
          && isOperand(tokens.get(at))
          && (!comparator(at + 1, length).endsWith("IN") || tokens.get(end - 1).startsWith("("))) {
        String value = unary ? "" : tokens.get(end - 1);
        clauses.add(new Clause(tokens.get(at), comparator(at + 1, length), value));
        at = end;
      } else {
        if (!tokens.get(at).equalsIgnoreCase("AND")) {
          invalid.add("'" + tokens.get(at) + "'");
        }
        at++;
      }
    }
    if (!invalid.isEmpty()) {
      throw TrackingException.invalid(
          "Invalid clause(s) in filter string: " + String.join(", ", invalid));
    }
    return clauses;
  }

  private boolean isBuiltInWord(int at) {
    return upper(at).equals("TIMESTAMP");
  }

  private boolean isIntegerComparison(int at) {
    return upper(at + 1).matches("[<>!]=|[=<>]") && tokens.get(at + 2).matches("-?[0-9]+");
  }

  /** How many tokens from a place on make a comparator; 0 if there is none. */
  private int comparatorLength(int at) {
    String first = upper(at);
    if (SIGNS.contains(first) || WORD_COMPARATORS.contains(first)) {
      return 1;
    }
    if (first.equals("NOT") && upper(at + 1).equals("IN")) {
      return 2;
    }
    if (first.equals("IS") && upper(at + 1).equals("NULL")) {
      return 2;
    }
    return first.equals("IS") && upper(at + 1).equals("NOT") && upper(at + 2).equals("NULL")
        ? 3
        : 0;
  }

  private String comparator(int at, int length) {
    return String.join(" ", tokens.subList(at, at + length)).toUpperCase(Locale.ROOT);
  }

  private String upper(int at) {
    return at < tokens.size() ? tokens.get(at).toUpperCase(Locale.ROOT) : "";
  }

  private static boolean isOperand(String token) {
    return !token.startsWith("(") && !SIGNS.contains(token);
  }
}
