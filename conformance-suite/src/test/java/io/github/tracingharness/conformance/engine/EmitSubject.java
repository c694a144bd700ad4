package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends nothing; does in {@code emit} and {@code flush} what a test says. */
final class EmitSubject implements ExporterSubject {

  private final String sessions;
  private final Consumer<String> onEmit;
  private final Supplier<Outcome> onFlush;

  /**
   * A subject.
   *
   * @param sessions {@code one} or {@code many}
   * @param onEmit gets the name of the first span
   */
  EmitSubject(String sessions, Consumer<String> onEmit, Supplier<Outcome> onFlush) {
    this.sessions = sessions;
    this.onEmit = onEmit;
    this.onFlush = onFlush;
  }

  @Override
  public String name() {
    return "emit";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode().put("sessions", sessions);
    capabilities.putArray("destinations").add("mlflow-v3");
    capabilities.putArray("ops").add("flush");
    return capabilities;
  }

  @Override
  public Session open(SessionConfig config) {
    return new Session() {
      @Override
      public Map<String, SpanIds> emit(List<SpanSpec> spans) {
        onEmit.accept(spans.get(0).name());
        return Map.of();
      }

      @Override
      public Outcome flush(Duration timeout) {
        return onFlush.get();
      }

      @Override
      public Outcome shutdown(Duration timeout) {
        return Outcome.UNKNOWN;
      }

      @Override
      public Map<String, JsonNode> observe(List<String> what) {
        return Map.of();
      }

      @Override
      public Map<String, Long> stats() {
        return Map.of();
      }

      @Override
      public void close() {}
    };
  }
}
