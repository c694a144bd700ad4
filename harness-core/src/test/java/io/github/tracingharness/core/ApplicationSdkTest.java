package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pipeline beside the OpenTelemetry SDK of an application. The first three tests have the very
 * assertions of MLflow's own tests of its three provider modes.
 */
@SuppressWarnings("try") // A span that is only started and ended.
class ApplicationSdkTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  private record App(MlflowTracing tracing, OpenTelemetrySdk sdk) implements AutoCloseable {

    Tracer otel() {
      return sdk.getTracer("app");
    }

    LiveSpan start(String name) {
      return tracing.tracer(sdk).startSpan(name);
    }

    @Override
    public void close() {
      sdk.close();
      tracing.close();
    }
  }

  private App app(boolean async, UnaryOperator<SdkTracerProviderBuilder> change) {
    return app(Tracings.builder(server, async), change);
  }

  private static App app(
      MlflowTracing.Builder builder, UnaryOperator<SdkTracerProviderBuilder> change) {
    MlflowTracing tracing = builder.useDefaultTracerProvider(false).build();
    SdkTracerProviderBuilder provider =
        SdkTracerProvider.builder().addSpanProcessor(tracing.spanProcessor());
    return new App(
        tracing,
        OpenTelemetrySdk.builder()
            .setTracerProvider(change.apply(provider).build())
            .build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unified_withOtelRoot(boolean async) {
    server.withoutSpanStore();
    try (App app = app(async, builder -> builder)) {
      Span root = app.otel().spanBuilder("parent_span").startSpan();
      try (Scope scope = root.makeCurrent()) {
        root.setAttribute("key1", "value1");
        root.addEvent("event1", Attributes.builder().put("key2", "value2").build());
        assertThat(app.tracing().tracer(app.sdk()).currentSpan().orElseThrow().spanId())
            .isEqualTo(root.getSpanContext().getSpanId());
        try (LiveSpan mlflow = app.start("mlflow_span")) {
          mlflow.setInputs(Map.of("text", "hello")).setAttribute("key3", "value3");
          Span child = app.otel().spanBuilder("child_span").startSpan();
          child.setAttribute("key4", "value4");
          child.setStatus(StatusCode.OK).end();
          mlflow.setOutputs(Map.of("text", "world"));
        }
      }
      root.end();
      assertThat(app.tracing().flush(Tracings.SOON).isSuccess()).isTrue();

      JsonNode info = onlyTrace();
      assertThat(info.path("trace_id").asText())
          .startsWith("tr-")
          .isEqualTo(app.tracing().lastActiveTraceId().orElseThrow());
      assertThat(info.at("/trace_location/mlflow_experiment/experiment_id").asText())
          .isEqualTo("1");
      assertThat(info.path("state").asText()).isEqualTo("OK");
      assertTimes(info, root);
      assertThat(info.has("request_preview")).isFalse();
      assertThat(info.has("response_preview")).isFalse();
    }

    JsonNode spans = server.calls(UPLOAD).get(0).json().path("spans");
    assertThat(spans).hasSize(3);
    assertThat(names(spans)).containsExactly("parent_span", "mlflow_span", "child_span");
    assertThat(statuses(spans))
        .containsExactly("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_OK");
    JsonNode parent = spans.get(0);
    assertThat(parent.at("/attributes/key1").asText()).isEqualTo("value1");
    assertThat(parent.path("events")).hasSize(1);
    assertThat(parent.at("/events/0/name").asText()).isEqualTo("event1");
    assertThat(parent.at("/events/0/attributes/key2").asText()).isEqualTo("value2");
    assertThat(parent.path("parent_span_id").isNull()).isTrue();
    assertThat(spans.get(1).at("/attributes/key3").asText()).isEqualTo("\"value3\"");
    assertThat(spans.get(1).path("events")).isEmpty();
    assertThat(spans.get(1).path("parent_span_id")).isEqualTo(parent.path("span_id"));
    assertThat(spans.get(2).at("/attributes/key4").asText()).isEqualTo("value4");
    assertThat(spans.get(2).path("events")).isEmpty();
    assertThat(spans.get(2).path("parent_span_id")).isEqualTo(spans.get(1).path("span_id"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unified_withMlflowRoot(boolean async) {
    server.withoutSpanStore();
    try (App app = app(async, builder -> builder)) {
      LiveSpan root = app.start("mlflow_span");
      try (root) {
        root.setInputs(Map.of("text", "hello"));
        Span otel = app.otel().spanBuilder("otel_span").startSpan();
        try (Scope scope = otel.makeCurrent()) {
          otel.setAttribute("key3", "value3").setStatus(StatusCode.OK);
          app.start("child_span").setAttribute("key4", "value4").end();
        }
        otel.end();
        root.setOutputs(Map.of("text", "world"));
      }
      app.tracing().flush(Tracings.SOON);

      JsonNode info = onlyTrace();
      assertThat(info.path("trace_id").asText())
          .startsWith("tr-")
          .isEqualTo(app.tracing().lastActiveTraceId().orElseThrow());
      assertThat(info.path("state").asText()).isEqualTo("OK");
      assertTimes(info, root.otelSpan());
      assertThat(info.path("request_preview").asText()).isEqualTo("{\"text\": \"hello\"}");
      assertThat(info.path("response_preview").asText()).isEqualTo("{\"text\": \"world\"}");
    }

    JsonNode spans = server.calls(UPLOAD).get(0).json().path("spans");
    assertThat(names(spans)).containsExactly("mlflow_span", "otel_span", "child_span");
    assertThat(statuses(spans))
        .containsExactly("STATUS_CODE_OK", "STATUS_CODE_OK", "STATUS_CODE_OK");
    assertThat(spans.get(0).at("/attributes/mlflow.spanInputs").asText())
        .isEqualTo("{\"text\": \"hello\"}");
    assertThat(spans.get(0).at("/attributes/mlflow.spanOutputs").asText())
        .isEqualTo("{\"text\": \"world\"}");
    assertThat(spans.get(1).at("/attributes/key3").asText()).isEqualTo("value3");
    assertThat(spans.get(1).path("events")).isEmpty();
    assertThat(spans.get(1).path("parent_span_id")).isEqualTo(spans.get(0).path("span_id"));
    assertThat(spans.get(2).at("/attributes/key4").asText()).isEqualTo("\"value4\"");
    assertThat(spans.get(2).path("events")).isEmpty();
    assertThat(spans.get(2).path("parent_span_id")).isEqualTo(spans.get(1).path("span_id"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isolated(boolean async) {
    server.withoutSpanStore();
    try (SdkTracerProvider app = SdkTracerProvider.builder().build();
        MlflowTracing tracing = Tracings.start(server, async)) {
      Span foreign = app.get("app").spanBuilder("parent_span").startSpan();
      foreign.setAttribute("key1", "value1").end();
      LiveSpan span = tracing.tracer().startSpan("mlflow_span");
      try (span) {
        span.setInputs(Map.of("text", "hello")).setOutputs(Map.of("text", "world"));
      }
      tracing.flush(Tracings.SOON);

      JsonNode info = onlyTrace();
      assertThat(info.path("trace_id").asText()).isEqualTo(span.traceId()).startsWith("tr-");
      assertThat(info.at("/trace_location/mlflow_experiment/experiment_id").asText())
          .isEqualTo("1");
      assertThat(info.path("state").asText()).isEqualTo("OK");
      assertThat(info.path("request_preview").asText()).isEqualTo("{\"text\": \"hello\"}");
      assertThat(info.path("response_preview").asText()).isEqualTo("{\"text\": \"world\"}");
    }

    JsonNode spans = server.calls(UPLOAD).get(0).json().path("spans");
    assertThat(names(spans)).containsExactly("mlflow_span");
    assertThat(spans.get(0).at("/attributes/mlflow.spanInputs").asText())
        .isEqualTo("{\"text\": \"hello\"}");
    assertThat(spans.get(0).at("/attributes/mlflow.spanOutputs").asText())
        .isEqualTo("{\"text\": \"world\"}");
    assertThat(statuses(spans)).containsExactly("STATUS_CODE_OK");
  }

  @Test
  void remoteParent_spansAreSentAndNoTraceIsStarted() {
    SpanContext remote = SpanContext.createFromRemoteParent(
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        TraceFlags.getSampled(),
        TraceState.getDefault());
    try (App app = app(true, builder -> builder)) {
      Span handler = app.otel()
          .spanBuilder("handler")
          .setParent(Context.root().with(Span.wrap(remote)))
          .startSpan();
      try (Scope scope = handler.makeCurrent()) {
        app.start("inside").end();
      }
      handler.end();
      app.tracing().flush(Tracings.SOON);
      assertThat(app.tracing().stats().spans().delivered()).isEqualTo(2);
      assertThat(app.tracing().stats().spans().pending()).isZero();
      assertThat(app.tracing().lastActiveTraceId()).isEmpty();
    }

    assertThat(server.calls(START_TRACE)).isEmpty();
    assertThat(sent()).extracting(span -> span.getName()).containsExactly("inside", "handler");
    assertThat(sent())
        .allSatisfy(
            span -> assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                .isEqualTo(remote.getTraceId()));
  }

  @Test
  void spansThatTheApplicationDoesNotSample_areLeftOut() {
    Sampler recordOnly = new Sampler() {
      @Override
      public SamplingResult shouldSample(
          Context context,
          String traceId,
          String name,
          io.opentelemetry.api.trace.SpanKind kind,
          Attributes attributes,
          List<io.opentelemetry.sdk.trace.data.LinkData> links) {
        return SamplingResult.recordOnly();
      }

      @Override
      public String getDescription() {
        return "recordOnly";
      }
    };
    for (Sampler sampler : List.of(recordOnly, Sampler.alwaysOff())) {
      try (App app = app(false, builder -> builder.setSampler(sampler))) {
        Span root = app.otel().spanBuilder("root").startSpan();
        try (Scope scope = root.makeCurrent();
            LiveSpan span = app.start("inside")) {
          assertThat(span.traceId()).isEqualTo("MLFLOW_NO_OP_SPAN_TRACE_ID");
        }
        root.end();
        assertThat(app.tracing().stats().spans().created()).isZero();
      }
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void limitsOfTheApplication_countForNativeAttributesOnly() {
    SpanLimits limits = SpanLimits.builder()
        .setMaxNumberOfAttributes(1)
        .setMaxAttributeValueLength(3)
        .setMaxNumberOfEvents(1)
        .build();
    try (App app = app(false, builder -> builder.setSpanLimits(limits))) {
      try (LiveSpan span = app.start("root")) {
        span.setInputs(Map.of("text", "hello")).setOutputs("world").setAttribute("k", "value");
        span.otelSpan().setAttribute("native1", "abcdef").setAttribute("native2", "x");
      }
    }

    Map<String, String> attributes = new HashMap<>();
    sent()
        .get(0)
        .getAttributesList()
        .forEach(a -> attributes.put(a.getKey(), a.getValue().getStringValue()));
    assertThat(attributes)
        .containsKeys("mlflow.spanInputs", "mlflow.traceRequestId", "mlflow.spanLogLevel")
        .containsEntry("mlflow.spanOutputs", "world")
        .containsEntry("k", "value")
        .containsEntry("native1", "abc")
        .doesNotContainKey("native2");
    assertThat(info().path("state").asText()).isEqualTo("OK");
    assertThat(info().path("response_preview").asText()).isEqualTo("\"world\"");
  }

  @Test
  void flushOfTheSdk_deliversAndShutdownEndsThePipeline() {
    try (LogCapture log = new LogCapture();
        App app = app(true, builder -> builder)) {
      app.start("one").end();
      assertThat(app.sdk()
              .getSdkTracerProvider()
              .forceFlush()
              .join(20, TimeUnit.SECONDS)
              .isSuccess())
          .isTrue();
      assertThat(server.calls(START_TRACE)).hasSize(1);
      app.start("two").end();

      assertThat(app.sdk().shutdown().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();

      assertThat(server.calls(START_TRACE)).hasSize(2);
      app.tracing().tracer().startSpan("three").end();
      assertThat(log.lines("Tracing was shut down; span three")).hasSize(1);
      assertThat(app.tracing().stats().traces().delivered()).isEqualTo(2);
    }
  }

  @Test
  void flushOfTheSdk_traceIsRefused_isAFailure() {
    server.always(START_TRACE, TrackingServerDouble.Answer.status(400));
    try (App app = app(true, builder -> builder)) {
      app.start("one").end();

      assertThat(app.sdk()
              .getSdkTracerProvider()
              .forceFlush()
              .join(20, TimeUnit.SECONDS)
              .isSuccess())
          .isFalse();
    }
  }

  @Test
  void sdkWithoutTheProcessor_warnsOnceAndDoesNothing() {
    try (LogCapture log = new LogCapture();
        SdkTracerProvider other = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
            .build();
        MlflowTracing tracing =
            Tracings.builder(server, false).useDefaultTracerProvider(false).build()) {
      var tracer =
          tracing.tracer(OpenTelemetrySdk.builder().setTracerProvider(other).build());
      tracer.trace("one", () -> {});
      tracer.trace("two", () -> {});
      assertThat(log.lines("MlflowTracing.spanProcessor() was not added")).hasSize(1);
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void processorAddedTwice_recordsOnce() {
    MlflowTracing tracing =
        Tracings.builder(server, false).useDefaultTracerProvider(false).build();
    try (SdkTracerProvider provider = SdkTracerProvider.builder()
        .addSpanProcessor(tracing.spanProcessor())
        .addSpanProcessor(tracing.spanProcessor())
        .build()) {
      provider.get("app").spanBuilder("root").startSpan().end();
      assertThat(tracing.stats().spans().created()).isEqualTo(1);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }
    assertThat(sent()).hasSize(1);
  }

  @Test
  void transportThatIsTracedByTheSameSdk_tracesNothing() {
    HttpTransport plain = new JdkHttpTransport();
    Tracer[] tracer = new Tracer[1];
    HttpTransport traced = call -> {
      Span span = tracer[0].spanBuilder("HTTP " + call.method()).startSpan();
      try (Scope scope = span.makeCurrent()) {
        return plain.send(call);
      } finally {
        span.end();
      }
    };
    try (App app = app(Tracings.builder(server, false).transport(traced), builder -> builder)) {
      tracer[0] = app.otel();
      app.start("root").end();
      assertThat(app.tracing().stats().spans().created()).isEqualTo(1);
    }
    assertThat(sent()).hasSize(1);
  }

  private JsonNode info() {
    return server.calls(START_TRACE).get(0).json().at("/trace/trace_info");
  }

  private JsonNode onlyTrace() {
    assertThat(server.calls(START_TRACE)).hasSize(1);
    return info();
  }

  private static void assertTimes(JsonNode info, Span root) {
    var data = ((ReadableSpan) root).toSpanData();
    assertThat(Instant.parse(info.path("request_time").asText()).toEpochMilli())
        .isEqualTo(data.getStartEpochNanos() / 1_000_000);
    String seconds = info.path("execution_duration").asText().replace("s", "");
    assertThat(Math.round(Double.parseDouble(seconds) * 1000))
        .isEqualTo((data.getEndEpochNanos() - data.getStartEpochNanos()) / 1_000_000);
  }

  private static List<String> names(JsonNode spans) {
    return spans.findValuesAsText("name").stream()
        .filter(n -> n.endsWith("_span"))
        .toList();
  }

  private static List<String> statuses(JsonNode spans) {
    return spans.findValuesAsText("code");
  }

  private List<io.opentelemetry.proto.trace.v1.Span> sent() {
    return server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .toList();
  }
}
