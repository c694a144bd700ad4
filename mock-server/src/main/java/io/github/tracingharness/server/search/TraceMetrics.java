package io.github.tracingharness.server.search;

import io.github.tracingharness.server.search.MetricQuery.Aggregation;
import io.github.tracingharness.server.search.MetricQuery.Kind;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes metrics over traces, spans and assessments. */
public final class TraceMetrics {

  private static final String TIME = "time_bucket";
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
  private static final Comparator<List<String>> ITEM_BY_ITEM =
      (left, right) -> IntStream.range(0, Math.min(left.size(), right.size()))
          .map(i -> left.get(i).compareTo(right.get(i)))
          .filter(sign -> sign != 0)
          .findFirst()
          .orElse(0);

  /**
   * One group of values.
   *
   * @param dimensions what the group has in common
   * @param values each aggregation by its label
   */
  public record Point(Map<String, String> dimensions, Map<String, Double> values) {}

  private TraceMetrics() {}

  /**
   * Answers a query.
   *
   * @param query the query
   * @param traces the traces of its experiments
   * @return the points ordered by their dimensions
   * @throws TrackingException if the metric does not exist or does not allow what is asked
   */
  public static List<Point> query(MetricQuery query, List<TraceEntry> traces) {
    MetricKinds.require(query);
    if (query.bucketSeconds().orElse(0L) > 0
        && (query.startMillis().isEmpty() || query.endMillis().isEmpty())) {
      throw TrackingException.invalid(
          "start_time_ms and end_time_ms are required if time_interval_seconds is set");
    }
    Map<List<String>, List<Object>> groups = new TreeMap<>(ITEM_BY_ITEM);
    if (names(query).isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    MetricRows.of(query, traces)
        .filter(row -> row.millis() >= query.startMillis().orElse(Long.MIN_VALUE))
        .filter(row -> row.millis() <= query.endMillis().orElse(Long.MAX_VALUE))
        .forEach(row -> {
          List<String> group = group(query, row);
          if (group != null) {
            List<Object> values = groups.computeIfAbsent(group, key -> new ArrayList<>());
            if (row.value() != null) {
              values.add(row.value());
            }
          }
        });
    List<Point> points = new ArrayList<>();
    groups.forEach((group, values) -> {
      Map<String, Double> computed = values(query, values);
      if (!computed.isEmpty()) {
        points.add(new Point(dimensions(query, group), computed));
      }
    });
    return points;
  }

  private static List<String> names(MetricQuery query) {
    List<String> names = new ArrayList<>(query.dimensions());
    if (query.bucketSeconds().orElse(0L) > 0) {
      names.add(0, TIME);
    }
    return names;
  }

  /** The values of the dimensions; null if one of them is missing. */
  private static @Nullable List<String> group(MetricQuery query, MetricRows.Row row) {
    List<String> group = new ArrayList<>();
    for (String name : names(query)) {
      String value = name.equals(TIME) ? bucket(query, row) : row.dimension().apply(name);
      if (value == null) {
        return null;
      }
      group.add(value);
    }
    return group;
  }

  private static String bucket(MetricQuery query, MetricRows.Row row) {
    long length = query.bucketSeconds().orElse(1L) * 1000;
    return ISO.format(Instant.ofEpochMilli(Math.floorDiv(row.millis(), length) * length));
  }

  private static Map<String, String> dimensions(MetricQuery query, List<String> group) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    List<String> names = names(query);
    for (int i = 0; i < names.size(); i++) {
      dimensions.put(names.get(i), group.get(i));
    }
    return dimensions;
  }

  private static Map<String, Double> values(MetricQuery query, List<Object> values) {
    Map<String, Double> computed = new LinkedHashMap<>();
    for (Aggregation aggregation : query.aggregations()) {
      if (aggregation.kind() == Kind.COUNT) {
        boolean distinct = query.metric().equals("session_count");
        computed.put(aggregation.label(), (double)
            (distinct ? values.stream().distinct().count() : values.size()));
      } else if (!values.isEmpty()) {
        double[] numbers =
            values.stream().mapToDouble(TraceMetrics::number).sorted().toArray();
        computed.put(aggregation.label(), aggregate(aggregation, numbers));
      }
    }
    return computed;
  }

  private static double number(Object value) {
    return value instanceof Double number ? number : Double.parseDouble(Objects.toString(value));
  }

  private static double aggregate(Aggregation aggregation, double[] sorted) {
    double sum = 0;
    for (double number : sorted) {
      sum += number;
    }
    return switch (aggregation.kind()) {
      case COUNT -> sorted.length;
      case SUM -> sum;
      case AVG -> sum / sorted.length;
      case MIN -> sorted[0];
      case MAX -> sorted[sorted.length - 1];
      case PERCENTILE -> {
        double place = aggregation.percentile() / 100 * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        yield sorted[below] + (place - below) * (sorted[above] - sorted[below]);
      }
    };
  }
}
