package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.Locale;

/**
 * One clause of {@code order_by}.
 *
 * @param key what is looked at, as written
 * @param descending whether the greatest comes first
 */
record OrderClause(String key, boolean descending) {

  static OrderClause parse(String clause) {
    List<String> tokens = Scanner.tokens(clause);
    String last = tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1).toUpperCase(Locale.ROOT);
    boolean directed = tokens.size() == 2 && (last.equals("ASC") || last.equals("DESC"));
    if (tokens.size() == 2 && !directed && !tokens.get(0).equalsIgnoreCase("timestamp")) {
      throw TrackingException.invalid("Invalid ordering key in order_by clause '" + clause + "'.");
    }
    if (tokens.size() != 1 && !directed) {
      throw TrackingException.invalid(
          "Invalid order_by clause '" + clause + "'. Could not be parsed.");
    }
    return new OrderClause(tokens.get(0), last.equals("DESC") && directed);
  }
}
