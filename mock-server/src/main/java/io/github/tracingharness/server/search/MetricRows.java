package io.github.tracingharness.server.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that a metric is computed from. */
final class MetricRows {

  /**
   * One value.
   *
   * @param millis when it belongs to, in milliseconds since 1970
   * @param value the value, or null if there is none
   * @param dimension gives what a dimension says of it, null if nothing
   */
  record Row(long millis, @Nullable Object value, Function<String, @Nullable String> dimension) {}

  private MetricRows() {}

  static Stream<Row> of(MetricQuery query, List<TraceEntry> traces) {
    return switch (query.view()) {
      case TRACES -> traces.stream().map(trace -> ofTrace(query.metric(), trace));
      case SPANS ->
        traces.stream()
            .flatMap(trace ->
                trace.spans().values().stream().map(span -> ofSpan(query.metric(), trace, span)));
      case ASSESSMENTS ->
        traces.stream()
            .flatMap(trace -> trace.assessments().stream()
                .filter(Assessment::valid)
                .map(assessment -> ofAssessment(query.metric(), trace, assessment)));
    };
  }

  private static Row ofTrace(String metric, TraceEntry trace) {
    Object value = switch (metric) {
      case "trace_count" -> trace.id();
      case "session_count" -> trace.metadata().get(TraceKeys.SESSION);
      case "latency" -> number(trace.durationMillis());
      default -> member(trace.metadata().get(TraceKeys.TOKEN_USAGE), metric);
    };
    return new Row(
        trace.requestMillis(),
        value,
        dimension -> dimension.equals("trace_status")
            ? trace.state().name()
            : trace.tags().get(TraceKeys.TRACE_NAME));
  }

  private static Row ofSpan(String metric, TraceEntry trace, SpanEntry span) {
    boolean cost = metric.endsWith("_cost");
    Object value = switch (metric) {
      case "span_count" -> span.spanId();
      case "latency" ->
        span.endNanos() == 0
            ? null
            : Double.valueOf(
                (double) Math.floorDiv(span.endNanos() - span.startNanos(), 1_000_000L));
      default -> member(span.attributes().get("mlflow.llm.cost"), metric);
    };
    return new Row(
        cost ? span.startNanos() / 1_000_000 : trace.requestMillis(),
        value,
        dimension -> switch (dimension) {
          case "span_name" -> span.name();
          case "span_status" -> span.status().code().name();
          case "span_type" -> span.type();
          case "span_model_name" -> text(span, "mlflow.llm.model");
          default -> text(span, "mlflow.llm.provider");
        });
  }

  private static Row ofAssessment(String metric, TraceEntry trace, Assessment assessment) {
    JsonNode content = AssessmentFilters.value(assessment.content());
    return new Row(
        trace.requestMillis(),
        metric.equals("assessment_count") ? assessment.id() : aggregate(content),
        dimension -> dimension.equals("assessment_name")
            ? assessment.name()
            : JsonLayout.SPACED.write(content));
  }

  private static @Nullable Double aggregate(JsonNode content) {
    if (content.isNumber()) {
      return Double.isFinite(content.doubleValue()) ? Double.valueOf(content.doubleValue()) : null;
    }
    return switch (content.asText("").strip().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> Double.valueOf(1);
      case "no", "false" -> Double.valueOf(0);
      default -> null;
    };
  }

  private static @Nullable Double member(@Nullable String json, String name) {
    return Optional.ofNullable(json)
        .flatMap(Json::read)
        .map(object -> object.path(name))
        .filter(JsonNode::isNumber)
        .map(JsonNode::doubleValue)
        .orElse(null);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : Double.valueOf((double) value);
  }

  private static @Nullable String text(SpanEntry span, String attribute) {
    return Optional.ofNullable(span.attributes().get(attribute))
        .flatMap(Json::read)
        .map(JsonNode::textValue)
        .orElse(null);
  }
}
