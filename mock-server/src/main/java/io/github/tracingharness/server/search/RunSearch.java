package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.Run;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Filters and orders of run searches. Filters look at attributes and tags. */
public final class RunSearch {

  private static final Comparator<Run> NEWEST_FIRST =
      Comparator.comparingLong(Run::startTime).reversed().thenComparing(Run::id);

  private RunSearch() {}

  /**
   * Reads a filter.
   *
   * @param filter its text; empty for all runs
   * @return what fits
   */
  public static Predicate<Run> filter(String filter) {
    return Joined.all(Clauses.parse(filter).stream().map(RunSearch::predicate).toList());
  }

  /**
   * Reads an order.
   *
   * @param clauses its clauses, the most important first
   * @return the order; what is equal so far is ordered by start, the latest first, and then by id
   */
  public static Comparator<Run> order(List<String> clauses) {
    List<Comparator<Run>> orders = new ArrayList<>();
    for (String clause : clauses) {
      OrderClause order = OrderClause.parse(clause);
      Comparator<Run> by = by(order.key().replaceFirst("^(?:attributes?|attr|run)\\.", ""));
      orders.add(order.descending() ? by.reversed() : by);
    }
    orders.add(NEWEST_FIRST);
    return Joined.inTurn(orders);
  }

  private static Comparator<Run> by(String key) {
    return switch (key) {
      case "start_time" -> Comparator.comparingLong(Run::startTime);
      case "end_time" ->
        Comparator.comparing(Run::endTime, Comparator.nullsLast(Comparator.naturalOrder()));
      case "status" -> Comparator.comparing(Run::status);
      case "run_name" -> Comparator.comparing(Run::name);
      case "run_id" -> Comparator.comparing(Run::id);
      default ->
        throw TrackingException.invalid("Invalid attribute key '"
            + key
            + "' specified. Valid keys are '"
            + Key.pythonSet(
                "Created",
                "artifact_uri",
                "created",
                "end_time",
                "run_id",
                "run_name",
                "start_time",
                "status",
                "user_id")
            + "'");
    };
  }

  private static Predicate<Run> predicate(Clauses.Clause clause) {
    String key = clause.key().replaceFirst("^(?:attributes?|attr|run)\\.", "");
    if (key.startsWith("tags.") || key.startsWith("tag.")) {
      return tag(Key.unquoted(key.substring(key.indexOf('.') + 1)), clause);
    }
    if (key.equals("start_time") || key.equals("end_time")) {
      return time(key, clause);
    }
    Function<Run, String> column = switch (key) {
      case "run_id" -> Run::id;
      case "run_name", "Run name", "Run Name" -> Run::name;
      case "status" -> Run::status;
      case "artifact_uri" -> Run::artifactUri;
      case "user_id" -> Run::userId;
      default ->
        throw TrackingException.invalid("The fake tracking server does not support the filter key '"
            + clause.key() + "' for runs; it supports attributes and tags.");
    };
    if (Values.isNumber(clause.value())) {
      throw TrackingException.invalid(
          "Expected a quoted string value for attributes. Got value " + clause.value());
    }
    Predicate<String> test = Values.test(clause);
    return run -> test.test(column.apply(run));
  }

  private static Predicate<Run> tag(String name, Clauses.Clause clause) {
    if (clause.comparator().startsWith("IS ")) {
      boolean absent = clause.comparator().equals("IS NULL");
      return run -> run.tags().containsKey(name) != absent;
    }
    Predicate<String> test = Values.test(clause);
    return run -> {
      String value = run.tags().get(name);
      return value != null && test.test(value);
    };
  }

  private static Predicate<Run> time(String key, Clauses.Clause clause) {
    if (!Values.isNumber(clause.value())) {
      throw TrackingException.invalid("Expected numeric value type for numeric attribute: " + key
          + ". Found " + clause.value());
    }
    double wanted = Double.parseDouble(clause.value());
    return run -> {
      Long actual = key.equals("end_time") ? run.endTime() : Long.valueOf(run.startTime());
      return actual != null && Values.compares(Double.compare(actual, wanted), clause.comparator());
    };
  }
}
