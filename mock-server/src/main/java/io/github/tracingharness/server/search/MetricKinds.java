package io.github.tracingharness.server.search;

import io.github.tracingharness.server.search.MetricQuery.Kind;
import io.github.tracingharness.server.search.MetricQuery.View;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The metrics of the real server with what each allows. */
final class MetricKinds {

  private record Rule(String metric, Set<Kind> kinds, Set<String> dimensions) {}

  private static final Set<Kind> COUNTED = Set.of(Kind.COUNT);
  private static final Set<Kind> SPREAD = Set.of(Kind.AVG, Kind.MIN, Kind.MAX, Kind.PERCENTILE);
  private static final Set<Kind> SUMMED =
      Set.of(Kind.SUM, Kind.AVG, Kind.MIN, Kind.MAX, Kind.PERCENTILE);
  private static final Set<String> NAME = Set.of("trace_name");
  private static final Set<String> MODEL = Set.of("span_model_name", "span_model_provider");

  private static final Map<View, List<Rule>> RULES = Map.of(
      View.TRACES,
      List.of(
          new Rule("trace_count", COUNTED, Set.of("trace_name", "trace_status")),
          new Rule("session_count", COUNTED, Set.of()),
          new Rule("latency", SPREAD, NAME),
          new Rule("input_tokens", SUMMED, NAME),
          new Rule("output_tokens", SUMMED, NAME),
          new Rule("total_tokens", SUMMED, NAME),
          new Rule("cache_read_input_tokens", SUMMED, NAME),
          new Rule("cache_creation_input_tokens", SUMMED, NAME)),
      View.SPANS,
      List.of(
          new Rule(
              "span_count",
              COUNTED,
              Set.of(
                  "span_name",
                  "span_type",
                  "span_status",
                  "span_model_name",
                  "span_model_provider")),
          new Rule("latency", SPREAD, Set.of("span_name", "span_status")),
          new Rule("input_cost", SUMMED, MODEL),
          new Rule("output_cost", SUMMED, MODEL),
          new Rule("total_cost", SUMMED, MODEL)),
      View.ASSESSMENTS,
      List.of(
          new Rule("assessment_count", COUNTED, Set.of("assessment_name", "assessment_value")),
          new Rule("assessment_value", SPREAD, Set.of("assessment_name"))));

  private MetricKinds() {}

  /** Refuses what the real server refuses, in its order and its words. */
  static void require(MetricQuery query) {
    List<Rule> rules = RULES.getOrDefault(query.view(), List.of());
    Rule rule = rules.stream()
        .filter(candidate -> candidate.metric().equals(query.metric()))
        .findFirst()
        .orElseThrow(() -> TrackingException.invalid("metric_name must be one of "
            + pythonList(rules.stream().map(Rule::metric).toList())
            + ", got '"
            + query.metric()
            + "'"));
    Set<String> wrongKinds = new TreeSet<>();
    query.kinds().stream()
        .filter(kind -> !rule.kinds().contains(kind))
        .forEach(kind -> wrongKinds.add(kind.name()));
    if (!wrongKinds.isEmpty()) {
      Set<String> known = new TreeSet<>();
      rule.kinds().forEach(kind -> known.add(kind.name()));
      throw TrackingException.invalid("Found invalid aggregation_type(s): "
          + pythonList(wrongKinds)
          + ". Supported aggregation types: "
          + pythonList(known));
    }
    Set<String> wrongDimensions = new TreeSet<>(query.dimensions());
    wrongDimensions.removeAll(rule.dimensions());
    if (!wrongDimensions.isEmpty()) {
      throw TrackingException.invalid("Found invalid dimension(s): "
          + pythonList(wrongDimensions)
          + ". Supported dimensions: "
          + pythonList(new TreeSet<>(rule.dimensions())));
    }
  }

  private static String pythonList(Iterable<String> names) {
    String joined = String.join("', '", names);
    return joined.isEmpty() ? "[]" : "['" + joined + "']";
  }
}
