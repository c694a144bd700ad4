package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.PromptLink;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Turns the text of a filter into a predicate. */
public final class TraceFilter {

  private static final Set<String> NUMBER_COMPARATORS = Set.of(">", ">=", "<", "<=", "=", "!=");
  private static final Set<String> TEXT_COMPARATORS =
      Set.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN");
  private static final Set<String> ENTRY_COMPARATORS =
      Set.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IS NULL", "IS NOT NULL");

  private TraceFilter() {}

  /**
   * Reads a filter. All its comparisons of spans must fit one and the same span.
   *
   * @param filter its text; empty for all traces
   * @return what fits
   * @throws TrackingException if the filter is wrong
   */
  public static Predicate<TraceEntry> parse(String filter) {
    List<Predicate<TraceEntry>> all = new ArrayList<>();
    List<Predicate<SpanEntry>> ofOneSpan = new ArrayList<>();
    for (Clauses.Clause clause : Clauses.parse(filter)) {
      requireIdentifier(clause);
      Key key = Key.ofFilter(clause.key());
      if (key.kind() == Key.Kind.SPAN) {
        ofOneSpan.add(SpanFilters.predicate(key, clause));
      } else {
        all.add(predicate(key, clause));
      }
    }
    if (!ofOneSpan.isEmpty()) {
      Predicate<SpanEntry> span = Joined.all(ofOneSpan);
      all.add(trace -> trace.spans().values().stream().anyMatch(span));
    }
    return Joined.all(all);
  }

  private static void requireIdentifier(Clauses.Clause clause) {
    // The word is a type for the real server's parser unless it has a prefix.
    if (Values.isQuoted(clause.key()) || clause.key().equalsIgnoreCase("text")) {
      throw TrackingException.invalid(
          "Invalid comparison clause. Expected 'Identifier' found '" + clause.key() + "'");
    }
  }

  private static Predicate<TraceEntry> predicate(Key key, Clauses.Clause clause) {
    return switch (key.kind()) {
      case NUMBER -> numbers(key, clause);
      case TEXT -> texts(key, clause);
      case ENTRY_TAG -> entries(key, clause, "tag");
      case ENTRY_METADATA -> entries(key, clause, "request_metadata");
      case PROMPT -> prompts(clause);
      case FEEDBACK, EXPECTATION -> AssessmentFilters.values(key, clause);
      case ISSUE -> AssessmentFilters.issues(key, clause);
      case SPAN -> throw new IllegalStateException("spans are compared together");
    };
  }

  private static Predicate<TraceEntry> numbers(Key key, Clauses.Clause clause) {
    String value = clause.value();
    boolean number = Values.isNumber(value);
    String text = number || clause.comparator().startsWith("IS ") ? value : Values.unquote(value);
    if (!NUMBER_COMPARATORS.contains(clause.comparator())) {
      // The real server lists the comparators of texts here.
      requireComparator(clause.comparator(), Set.of(), TEXT_COMPARATORS, "");
    }
    boolean computed = key.name().startsWith("end_time");
    if (!Values.isNumber(text) || (computed && !number)) {
      // In the real server's database every text is greater than every number.
      return trace -> key.number(trace) != null && Values.compares(-1, clause.comparator());
    }
    double wanted = Double.parseDouble(text);
    return trace -> {
      Long actual = key.number(trace);
      return actual != null && Values.compares(Double.compare(actual, wanted), clause.comparator());
    };
  }

  private static Predicate<TraceEntry> texts(Key key, Clauses.Clause clause) {
    boolean unary = clause.comparator().startsWith("IS ");
    if (Values.isNumber(clause.value())) {
      throw onlyNumbers();
    }
    if (!unary && !Values.isList(clause.value())) {
      Values.unquote(clause.value());
    }
    if (key.name().equals("run_id")) {
      requireComparator(clause.comparator(), ENTRY_COMPARATORS);
    } else {
      requireComparator(clause.comparator(), TEXT_COMPARATORS);
    }
    if (unary) {
      boolean absent = clause.comparator().equals("IS NULL");
      return trace -> (key.text(trace) == null) == absent;
    }
    if (key.name().equals("run_id") && clause.comparator().equals("=")) {
      String run = Values.unquote(clause.value());
      return matching(key, clause).or(trace -> trace.runs().contains(run));
    }
    return matching(key, clause);
  }

  private static TrackingException onlyNumbers() {
    return TrackingException.invalid("Only the '"
        + Key.pythonSet(new TreeSet<>(Key.NUMBERS))
        + "' attributes support comparison with numeric values.");
  }

  private static Predicate<TraceEntry> entries(Key key, Clauses.Clause clause, String what) {
    boolean unary = clause.comparator().startsWith("IS ");
    if (!unary
        && Values.isNumber(clause.value())
        && clause.key().endsWith("name")
        && !clause.key().contains("tag")) {
      throw onlyNumbers();
    }
    if (!unary) {
      Values.requireText(what, clause.value(), what.equals("tag"));
    }
    requireComparator(clause.comparator(), ENTRY_COMPARATORS, what.equals("tag") ? "" : "'");
    if (unary) {
      boolean absent = clause.comparator().equals("IS NULL");
      return trace -> (key.text(trace) == null) == absent;
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
    String[] parts = Values.unquote(clause.value()).split("/", -1);
    if (parts.length != 2) {
      throw TrackingException.invalid("Invalid prompts filter value '"
          + Values.unquote(clause.value())
          + "'. Expected format: prompt = \"name/version\"");
    }
    PromptLink wanted = new PromptLink(parts[0], parts[1]);
    return trace -> trace.prompts().contains(wanted);
  }

  private static Predicate<TraceEntry> matching(Key key, Clauses.Clause clause) {
    Predicate<String> test = Values.test(clause);
    return trace -> {
      String actual = key.text(trace);
      return actual != null && test.test(actual);
    };
  }

  private static void requireComparator(String comparator, Set<String> valid) {
    requireComparator(comparator, valid, "'");
  }

  /** The real server's message lacks its last quote for tags. */
  private static void requireComparator(String comparator, Set<String> valid, String lastQuote) {
    requireComparator(comparator, valid, valid, lastQuote);
  }

  private static void requireComparator(
      String comparator, Set<String> valid, Set<String> named, String lastQuote) {
    if (!valid.contains(comparator)) {
      throw TrackingException.invalid("Invalid comparator '"
          + comparator.toUpperCase(Locale.ROOT)
          + "' not one of '"
          + Key.pythonSet(new TreeSet<>(named))
          + lastQuote);
    }
  }
}
