package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.selftest.otlp.OtlpModel;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims everything, sends nothing, and calls it a success. */
public final class NullExporter implements ExporterSubject {

  @Override
  public String name() {
    return "null";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode capabilities = new ReferenceSubject().capabilities();
    ObjectNode otlp = new OtlpModel().capabilities();
    for (String list : List.of("destinations", "pipeline", "config", "spans")) {
      ArrayNode all = capabilities.withArray(list);
      otlp.path(list).forEach(all::add);
    }
    capabilities.withArray("ops").add("fork");
    return capabilities;
  }

  @Override
  public Session open(SessionConfig config) {
    return new Session() {
      private long made;

      @Override
      public synchronized Map<String, SpanIds> emit(List<SpanSpec> spans) {
        Map<String, SpanIds> refs = new LinkedHashMap<>();
        for (SpanSpec span : spans) {
          made++;
          refs.put(span.ref(), new SpanIds("tr-%032x".formatted(made), "%016x".formatted(made)));
        }
        return refs;
      }

      @Override
      public Exported export(List<SpanSpec> spans) {
        return new Exported(emit(spans), Outcome.SUCCESS, "");
      }

      @Override
      public Map<String, SpanIds> fork(List<SpanSpec> spans, Duration timeout) {
        return emit(spans);
      }

      @Override
      public Outcome flush(Duration timeout) {
        return Outcome.SUCCESS;
      }

      @Override
      public Outcome shutdown(Duration timeout) {
        return Outcome.SUCCESS;
      }

      @Override
      public synchronized Map<String, JsonNode> observe(List<String> what) {
        return Map.of("trace.last_active", TextNode.valueOf("tr-%032x".formatted(made)));
      }

      @Override
      public synchronized Map<String, Long> stats() {
        return Map.of(
            "created", made, "delivered", made, "queued", 0L, "dropped", 0L, "retried", 0L);
      }

      @Override
      public void close() {}
    };
  }
}
