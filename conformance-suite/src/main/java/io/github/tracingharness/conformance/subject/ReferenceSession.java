package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.TracingStats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session of the reference. */
final class ReferenceSession implements ExporterSubject.Session {

  private final MlflowTracing tracing;
  private final Application application;

  ReferenceSession(MlflowTracing tracing, Application application) {
    this.tracing = tracing;
    this.application = application;
  }

  @Override
  public Map<String, SpanIds> emit(List<SpanSpec> spans) {
    return new SpanMaker(application).make(spans);
  }

  @Override
  public ExporterSubject.Outcome flush(Duration timeout) {
    return ReferenceSubject.outcome(tracing.flush(timeout));
  }

  @Override
  public ExporterSubject.Outcome shutdown(Duration timeout) {
    return ReferenceSubject.outcome(tracing.shutdown(timeout));
  }

  @Override
  public Map<String, JsonNode> observe(List<String> what) {
    Map<String, JsonNode> known = new LinkedHashMap<>();
    if (what.contains("trace.last_active")) {
      JsonNode none = JsonNodeFactory.instance.nullNode();
      known.put(
          "trace.last_active",
          tracing
              .lastActiveTraceId()
              .<JsonNode>map(JsonNodeFactory.instance::textNode)
              .orElse(none));
    }
    return known;
  }

  @Override
  public Map<String, Long> stats() {
    TracingStats stats = tracing.stats();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("created", stats.traces().created());
    counts.put("queued", stats.traces().pending());
    counts.put("delivered", stats.traces().delivered());
    counts.put("dropped", stats.traces().droppedInAll());
    counts.put("retried", stats.retried());
    return counts;
  }

  @Override
  public void close() {
    // A session that was not shut down is abandoned: what is left must not hold up the next case.
    tracing.shutdown(Duration.ZERO);
  }
}
