package io.github.tracingharness.server.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a metric over traces, spans or assessments.
 *
 * @param view what is looked at
 * @param metric the metric's name
 * @param aggregations how values are put together, in order
 * @param dimensions by what they are grouped, in order
 * @param startMillis the first millisecond that counts, or empty
 * @param endMillis the last millisecond that counts, or empty
 * @param bucketSeconds the length of one interval of time, or empty for all time together
 */
public record MetricQuery(
    View view,
    String metric,
    List<Aggregation> aggregations,
    List<String> dimensions,
    Optional<Long> startMillis,
    Optional<Long> endMillis,
    Optional<Long> bucketSeconds) {

  /** What is looked at. */
  public enum View {
    /** Traces. */
    TRACES,
    /** Spans. */
    SPANS,
    /** Valid assessments. */
    ASSESSMENTS
  }

  /** How values are put together, in the order of their protobuf numbers from 1 on. */
  public enum Kind {
    /** How many there are. */
    COUNT,
    /** Their sum. */
    SUM,
    /** Their mean. */
    AVG,
    /** The value below which a part of them lies. */
    PERCENTILE,
    /** The least. */
    MIN,
    /** The greatest. */
    MAX
  }

  /**
   * One way to put values together.
   *
   * @param kind the way
   * @param percentile from 0 to 100, for percentiles
   */
  public record Aggregation(Kind kind, double percentile) {

    /**
     * The name in answers.
     *
     * @return for instance {@code AVG} or {@code P95.0}
     */
    public String label() {
      return kind == Kind.PERCENTILE ? "P" + percentile : kind.name();
    }
  }

  /** Copies the lists. */
  public MetricQuery {
    aggregations = List.copyOf(aggregations);
    dimensions = List.copyOf(dimensions);
  }

  Set<Kind> kinds() {
    return Set.copyOf(aggregations.stream().map(Aggregation::kind).toList());
  }
}
