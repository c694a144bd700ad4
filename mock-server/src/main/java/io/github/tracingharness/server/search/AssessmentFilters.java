package io.github.tracingharness.server.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Comparisons of the valid assessments of a trace: feedback, expectations, issues. */
final class AssessmentFilters {

  private static final Set<String> NUMBER_COMPARATORS = Set.of(">", ">=", "<", "<=");
  private static final Set<String> COMPARATORS =
      Set.of("!=", "=", ">", ">=", "<", "<=", "LIKE", "ILIKE", "RLIKE", "IS NULL", "IS NOT NULL");

  private AssessmentFilters() {}

  static Predicate<TraceEntry> values(Key key, Clauses.Clause clause) {
    String comparator = clause.comparator();
    Assessment.Kind kind = Assessment.Kind.valueOf(key.kind().name());
    boolean unary = comparator.startsWith("IS ");
    if (!unary) {
      requireValue(kind.member(), clause);
    }
    if (!COMPARATORS.contains(comparator)) {
      throw TrackingException.invalid(refusal("assessment." + key.name(), comparator, COMPARATORS));
    }
    if (unary) {
      Predicate<TraceEntry> there = trace -> has(trace, kind, key.name(), value -> true);
      return comparator.equals("IS NULL") ? there.negate() : there;
    }
    Predicate<JsonNode> test = test(clause);
    return trace -> has(trace, kind, key.name(), test);
  }

  /** An issue is found by the name of the assessment that refers to it, valid or not. */
  static Predicate<TraceEntry> issues(Key key, Clauses.Clause clause) {
    if (!clause.comparator().startsWith("IS ")) {
      Values.requireText("issue", clause.value(), false);
    }
    if (!key.name().equals("id")) {
      throw TrackingException.invalid(
          "Invalid issue attribute '" + key.name() + "'. Supported attributes: id");
    }
    if (!clause.comparator().equals("=")) {
      throw TrackingException.invalid(refusal("issue.id", clause.comparator(), Set.of("=")));
    }
    String wanted = Values.unquote(clause.value());
    return trace -> trace.assessments().stream()
        .anyMatch(item -> item.kind() == Assessment.Kind.ISSUE && item.name().equals(wanted));
  }

  private static void requireValue(String what, Clauses.Clause clause) {
    String value = clause.value();
    if (NUMBER_COMPARATORS.contains(clause.comparator())) {
      if (!Values.isNumber(value)) {
        throw TrackingException.invalid("Expected a numeric value for "
            + what
            + " when using comparator '"
            + clause.comparator()
            + "'. Got value "
            + value);
      }
    } else {
      Values.requireText(what, value, false);
    }
  }

  private static Predicate<JsonNode> test(Clauses.Clause clause) {
    String comparator = clause.comparator();
    if (NUMBER_COMPARATORS.contains(comparator)) {
      double wanted = Double.parseDouble(clause.value());
      return value -> value.isNumber()
          && Double.isFinite(value.doubleValue())
          && Values.compares(Double.compare(value.doubleValue(), wanted), comparator);
    }
    String wanted = Values.unquote(clause.value());
    if (comparator.equals("=") || comparator.equals("!=")) {
      String quoted = JsonLayout.SPACED.write(new TextNode(wanted));
      Predicate<JsonNode> equal =
          value -> Set.of(wanted, quoted).contains(JsonLayout.SPACED.write(value));
      return comparator.equals("=") ? equal : equal.negate();
    }
    Predicate<String> text = Values.test(comparator, wanted);
    return value -> text.test(JsonLayout.SPACED.write(value));
  }

  private static boolean has(
      TraceEntry trace, Assessment.Kind kind, String name, Predicate<JsonNode> test) {
    return trace.assessments().stream()
        .anyMatch(item -> item.kind() == kind
            && item.valid()
            && item.name().equals(name)
            && test.test(value(item.content())));
  }

  static JsonNode value(JsonNode content) {
    String serialized = content.path("serialized_value").path("value").asText("");
    return serialized.isEmpty()
        ? content.path("value")
        : Json.read(serialized).orElse(content.path("value"));
  }

  private static String refusal(String what, String comparator, Set<String> valid) {
    return what
        + " comparator '"
        + comparator.toUpperCase(Locale.ROOT)
        + "' not one of '"
        + Key.pythonSet(new TreeSet<>(valid))
        + "'";
  }
}
