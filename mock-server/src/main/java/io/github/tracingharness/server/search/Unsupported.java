package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.Set;

/**
 * Filters on what the fake does not search: refused, wrong ones in the words of the real server.
 */
final class Unsupported {

  private static final Set<String> SPAN_ATTRIBUTES = Set.of("name", "status", "type", "content");
  private static final Set<String> TEXT_COMPARATORS = Set.of("LIKE", "ILIKE");

  private Unsupported() {}

  static TrackingException refusal(Clauses.Clause clause) {
    String[] parts = clause.key().split("\\.", 2);
    String name = parts[parts.length - 1];
    boolean number = clause.value().matches("-?[0-9.]+");
    if (parts[0].equals("span")
        && !SPAN_ATTRIBUTES.contains(name)
        && !name.startsWith("attributes.")) {
      return TrackingException.invalid("Invalid span attribute '"
          + name
          + "'. Supported attributes: name, status, type, attributes.<attribute_name>.");
    }
    if (clause.key().equals("span.content") && !TEXT_COMPARATORS.contains(clause.comparator())) {
      return TrackingException.invalid(
          "span.content comparator '" + clause.comparator() + "' not one of '{'LIKE', 'ILIKE'}'");
    }
    if (parts[0].equals("issue") && !name.equals("id")) {
      return TrackingException.invalid(
          "Invalid issue attribute '" + name + "'. Supported attributes: id");
    }
    if (parts[0].equals("feedback") && clause.comparator().matches("[<>]=?") && !number) {
      return TrackingException.invalid(
          "Expected a numeric value for feedback when using comparator '"
              + clause.comparator()
              + "'. Got value "
              + clause.value());
    }
    return TrackingException.invalid("The fake tracking server does not support the filter key '"
        + clause.key()
        + "'; it supports attributes, tags and metadata.");
  }
}
