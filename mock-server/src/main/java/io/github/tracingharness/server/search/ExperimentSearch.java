package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.Experiment;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Filters and orders of experiment searches. Filters look at names and tags. */
public final class ExperimentSearch {

  private ExperimentSearch() {}

  /**
   * Reads a filter.
   *
   * @param filter its text; empty for all experiments
   * @return what fits
   */
  public static Predicate<Experiment> filter(String filter) {
    return Joined.all(
        Clauses.parse(filter).stream().map(ExperimentSearch::predicate).toList());
  }

  /**
   * Reads an order.
   *
   * @param clauses its clauses, the most important first
   * @return the order; what is equal so far is ordered by change, the latest first, and then by id
   */
  public static Comparator<Experiment> order(List<String> clauses) {
    List<Comparator<Experiment>> orders = new ArrayList<>();
    for (String clause : clauses) {
      OrderClause order = OrderClause.parse(clause);
      Comparator<Experiment> by = by(order.key().replaceFirst("^attributes?\\.", ""));
      orders.add(order.descending() ? by.reversed() : by);
    }
    orders.add(by("last_update_time").reversed());
    orders.add(by("experiment_id").reversed());
    return Joined.inTurn(orders);
  }

  private static Comparator<Experiment> by(String key) {
    return switch (key) {
      case "name" -> Comparator.comparing(Experiment::name);
      case "creation_time" -> Comparator.comparingLong(Experiment::creationTime);
      case "last_update_time" -> Comparator.comparingLong(Experiment::lastUpdateTime);
      case "experiment_id" ->
        Comparator.comparingLong(experiment -> Long.parseLong(experiment.id()));
      default ->
        throw TrackingException.invalid("Invalid attribute key '"
            + key
            + "' specified. Valid keys are '"
            + Key.pythonSet("creation_time", "experiment_id", "last_update_time", "name")
            + "'");
    };
  }

  private static Predicate<Experiment> predicate(Clauses.Clause clause) {
    String key = clause.key().replaceFirst("^attributes?\\.", "");
    if (key.equals("name")) {
      Predicate<String> test = Values.test(clause);
      return experiment -> test.test(experiment.name());
    }
    if (key.startsWith("tags.") || key.startsWith("tag.")) {
      String tag = Key.unquoted(key.substring(key.indexOf('.') + 1));
      Predicate<String> test = Values.test(clause);
      return experiment -> {
        String value = experiment.tags().get(tag);
        return value != null && test.test(value);
      };
    }
    throw TrackingException.invalid("The fake tracking server does not support the filter key '"
        + clause.key()
        + "' for experiments; it supports name and tags.");
  }
}
