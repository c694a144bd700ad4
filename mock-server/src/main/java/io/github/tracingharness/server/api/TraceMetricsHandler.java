package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.MetricQuery;
import io.github.tracingharness.server.search.TraceMetrics;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/3.0/mlflow/traces/metrics}. Filters are refused. */
final class TraceMetricsHandler implements Handler {

  private static final int DEFAULT_RESULTS = 1_000;
  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.text("experiment_ids").list(),
          Schema.enumeration("view_type", View.values()),
          Schema.text("metric_name"),
          Schema.message(
                  "aggregations",
                  Schema.of(
                      Schema.enumeration("aggregation_type", Aggregation.values()),
                      Schema.value("percentile_value")))
              .list(),
          Schema.text("dimensions").list(),
          Schema.text("filters").list(),
          Schema.integer("time_interval_seconds"),
          Schema.integer("start_time_ms"),
          Schema.integer("end_time_ms"),
          Schema.integer("max_results"),
          Schema.text("page_token")),
      "experiment_ids",
      "view_type",
      "metric_name",
      "aggregations");

  /** The views in the order of their numbers. */
  enum View {
    UNSPECIFIED,
    TRACES,
    SPANS,
    ASSESSMENTS
  }

  /** The aggregations in the order of their numbers. */
  enum Aggregation {
    UNSPECIFIED,
    COUNT,
    SUM,
    AVG,
    PERCENTILE,
    MIN,
    MAX
  }

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    if (!said.texts("filters").isEmpty()) {
      throw TrackingException.invalid(
          "The fake tracking server does not support filters of trace metrics.");
    }
    List<String> experiments = said.texts("experiment_ids");
    List<TraceEntry> traces = call.state().traces().all().stream()
        .filter(trace -> experiments.contains(trace.experimentId()))
        .toList();
    List<TraceMetrics.Point> points = TraceMetrics.query(query(said), traces);
    long limit = said.number("max_results").orElse((long) DEFAULT_RESULTS);
    ObjectNode answer = Json.object();
    if (!points.isEmpty()) {
      ArrayNode items = answer.putArray("data_points");
      points.stream().limit(Math.max(0, limit)).forEach(point -> {
        ObjectNode item = items.addObject();
        item.put("metric_name", said.text("metric_name"));
        if (!point.dimensions().isEmpty()) {
          point.dimensions().forEach(item.putObject("dimensions")::put);
        }
        point.values().forEach(item.putObject("values")::put);
      });
    }
    return Replies.pretty(answer);
  }

  private static MetricQuery query(Message said) {
    return new MetricQuery(
        view(said),
        said.text("metric_name"),
        said.messages("aggregations").stream()
            .map(TraceMetricsHandler::aggregation)
            .toList(),
        said.texts("dimensions"),
        said.number("start_time_ms"),
        said.number("end_time_ms"),
        said.number("time_interval_seconds"));
  }

  private static MetricQuery.View view(Message said) {
    return Optional.of(said.optionalText("view_type").orElse(View.TRACES.name()))
        .filter(name -> !name.equals(View.UNSPECIFIED.name()))
        .map(MetricQuery.View::valueOf)
        .orElseThrow(() -> TrackingException.internal(
            "'MetricViewType_UNSPECIFIED' is not a valid MetricViewType"));
  }

  private static MetricQuery.Aggregation aggregation(Message said) {
    MetricQuery.Kind kind = Optional.of(
            said.optionalText("aggregation_type").orElse(Aggregation.COUNT.name()))
        .filter(name -> !name.equals(Aggregation.UNSPECIFIED.name()))
        .map(MetricQuery.Kind::valueOf)
        .orElseThrow(() -> TrackingException.internal(
            "'AGGREGATION_TYPE_UNSPECIFIED' is not a valid AggregationType"));
    Optional<Double> percentile = said.node("percentile_value").map(value -> value.doubleValue());
    boolean wanted = kind == MetricQuery.Kind.PERCENTILE;
    if (wanted && percentile.isEmpty()) {
      throw TrackingException.internal("Percentile value is required for PERCENTILE aggregation");
    }
    if (!wanted && percentile.isPresent()) {
      throw TrackingException.internal(
          "Percentile value is only allowed for PERCENTILE aggregation type, got " + kind);
    }
    if (percentile.filter(value -> value < 0 || value > 100).isPresent()) {
      throw TrackingException.internal(
          "Percentile value must be between 0 and 100, got " + JsonLayout.number(percentile.get()));
    }
    return new MetricQuery.Aggregation(kind, percentile.orElse(0.0));
  }
}
