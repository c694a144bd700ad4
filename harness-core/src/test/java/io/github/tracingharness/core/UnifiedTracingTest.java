package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans of the plain OpenTelemetry API in one trace with MLflow's. */
@SuppressWarnings("try") // A span that is only started and ended.
class UnifiedTracingTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void openTelemetryRoot_withMlflowChild_isOneTrace() {
    server.withoutSpanStore();
    try (MlflowTracing tracing = unified(true)) {
      Tracer tracer = tracing.openTelemetry().getTracer("my.lib");
      Span parent = tracer.spanBuilder("parent_span").startSpan();
      parent.setAttribute("numeric_text", "12345");
      parent.setAttribute("zero", 0);
      try (Scope scope = parent.makeCurrent();
          LiveSpan child = tracing.tracer().startSpan("mlflow_span")) {
        child.setInputs(Map.of("text", "hello")).setAttribute("key3", "value3");
        Span grandchild = tracer.spanBuilder("child_span").startSpan();
        grandchild.setAttribute("key4", "value4").end();
      } finally {
        parent.end();
      }
      tracing.flush(Tracings.SOON);
      assertThat(tracing.lastActiveTraceId()).hasValue(info().path("trace_id").asText());
    }

    assertThat(info().path("state").asText()).isEqualTo("OK");
    assertThat(info().has("request_preview")).isFalse();
    JsonNode spans = server.calls(UPLOAD).get(0).json().path("spans");
    assertThat(spans)
        .extracting(span -> span.path("name").asText())
        .containsExactly("parent_span", "mlflow_span", "child_span");
    assertThat(spans)
        .extracting(span -> span.at("/status/code").asText())
        .containsExactly("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_UNSET");
    assertThat(spans.get(0).at("/attributes/numeric_text").asText()).isEqualTo("12345");
    assertThat(spans.get(0).at("/attributes/zero").isInt()).isTrue();
    assertThat(spans.get(0).at("/attributes/mlflow.spanType").asText()).isEqualTo("null");
    assertThat(spans.get(0).path("attributes").has("mlflow.spanLogLevel")).isFalse();
    assertThat(spans.get(1).at("/attributes/key3").asText()).isEqualTo("\"value3\"");
    assertThat(spans.get(2).at("/attributes/key4").asText()).isEqualTo("value4");
    assertThat(spans.get(2).path("parent_span_id")).isEqualTo(spans.get(1).path("span_id"));
  }

  @Test
  void mlflowRoot_withOpenTelemetryChild_hasPreviews() {
    try (MlflowTracing tracing = unified(false)) {
      Tracer tracer = tracing.openTelemetry().getTracer("my.lib");
      try (LiveSpan root = tracing.tracer().startSpan("mlflow_span")) {
        root.setInputs(Map.of("text", "hello")).setOutputs(Map.of("text", "world"));
        tracer.spanBuilder("otel_span").startSpan().end();
      }
    }

    assertThat(info().path("request_preview").asText()).isEqualTo("{\"text\": \"hello\"}");
    assertThat(info().path("response_preview").asText()).isEqualTo("{\"text\": \"world\"}");
    List<String> names = server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .map(span -> span.getName())
        .toList();
    assertThat(names).containsExactly("otel_span", "mlflow_span");
  }

  @Test
  void remoteParent_spansAreSentWithoutATraceInfo() {
    SpanContext remote = SpanContext.createFromRemoteParent(
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        TraceFlags.getSampled(),
        TraceState.getDefault());
    try (MlflowTracing tracing = unified(true);
        Scope scope = Context.root().with(Span.wrap(remote)).makeCurrent()) {
      tracing.tracer().trace("handler", () -> {});
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().traces().created()).isZero();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
    }

    assertThat(server.calls(START_TRACE)).isEmpty();
    var span = server.calls(LOG_SPANS).get(0).spans().get(0);
    assertThat(java.util.HexFormat.of().formatHex(span.getParentSpanId().toByteArray()))
        .isEqualTo("b7ad6b7169203331");
  }

  private MlflowTracing unified(boolean async) {
    return Tracings.builder(server, async).useDefaultTracerProvider(false).build();
  }

  private JsonNode info() {
    return server.calls(START_TRACE).get(0).json().at("/trace/trace_info");
  }
}
