package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An isolated pipeline beside the OpenTelemetry of the application. */
@SuppressWarnings("try") // A span that is only started and ended.
class IsolatedTracingTest {

  private final TrackingServerDouble server = new TrackingServerDouble();
  private final InMemorySpanExporter appExporter = InMemorySpanExporter.create();
  private final SdkTracerProvider appProvider = SdkTracerProvider.builder()
      .addSpanProcessor(SimpleSpanProcessor.create(appExporter))
      .build();
  private final Tracer app = appProvider.get("app");

  @AfterEach
  void close() {
    appProvider.close();
    server.close();
  }

  @Test
  void applicationsSpanIsCurrent_mlflowSpanIsTheRootOfItsOwnTrace() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      Span foreign = app.spanBuilder("foreign").startSpan();
      try (Scope scope = foreign.makeCurrent();
          LiveSpan own = tracing.tracer().startSpan("own")) {
        assertThat(own.traceId()).isNotEqualTo("tr-" + foreign.getSpanContext().getTraceId());
        assertThat(Span.current()).isSameAs(foreign);
      }
      foreign.end();
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }

    assertThat(server.calls(START_TRACE)).hasSize(1);
    assertThat(sent()).singleElement().satisfies(span -> {
      assertThat(span.getName()).isEqualTo("own");
      assertThat(span.getParentSpanId()).isEmpty();
    });
  }

  @Test
  void mlflowSpanIsCurrent_applicationsSpanDoesNotSeeIt() {
    try (MlflowTracing tracing = Tracings.start(server, false);
        LiveSpan own = tracing.tracer().startSpan("own")) {
      assertThat(Span.current().getSpanContext().isValid()).isFalse();
      app.spanBuilder("foreign").startSpan().end();
    }

    assertThat(appExporter.getFinishedSpanItems()).singleElement().satisfies(span -> {
      assertThat(span.getParentSpanContext().isValid()).isFalse();
    });
    assertThat(sent()).extracting(span -> span.getName()).containsExactly("own");
  }

  @Test
  void interleavedSpans_eachNestsInItsOwnKind() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan outer = tracing.tracer().startSpan("outer")) {
        Span foreign = app.spanBuilder("foreign").startSpan();
        try (Scope scope = foreign.makeCurrent()) {
          tracing.tracer().startSpan("inner").end();
          app.spanBuilder("foreign child").startSpan().end();
        }
        foreign.end();
      }
    }

    assertThat(parentOf("inner")).isEqualTo(idOf("outer"));
    List<SpanData> foreign = appExporter.getFinishedSpanItems();
    assertThat(foreign.get(0).getParentSpanId()).isEqualTo(foreign.get(1).getSpanId());
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void openTelemetryOfThePipeline_nestsBothWaysWithMlflowSpans() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      Tracer tracer = tracing.openTelemetry().getTracer("lib");
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        Span lib = tracer.spanBuilder("lib").startSpan();
        try (Scope scope = lib.makeCurrent()) {
          assertThat(tracing.tracer().currentSpan().orElseThrow().spanId())
              .isEqualTo(lib.getSpanContext().getSpanId());
          tracing.tracer().startSpan("below lib").end();
        }
        lib.end();
        tracer
            .spanBuilder("given")
            .setParent(Context.current().with(lib))
            .startSpan()
            .end();
        tracer.spanBuilder("alone").setNoParent().startSpan().end();
      }
    }

    assertThat(parentOf("lib")).isEqualTo(idOf("root"));
    assertThat(parentOf("below lib")).isEqualTo(idOf("lib"));
    assertThat(parentOf("given")).isEqualTo(idOf("lib"));
    assertThat(parentOf("alone")).isEmpty();
    assertThat(server.calls(START_TRACE)).hasSize(2);
  }

  @Test
  void twoIsolatedPipelines_doNotSeeEachOther() {
    try (MlflowTracing one = Tracings.start(server, false);
        MlflowTracing other = Tracings.start(server, false);
        LiveSpan first = one.tracer().startSpan("first");
        LiveSpan second = other.tracer().startSpan("second")) {
      assertThat(second.traceId()).isNotEqualTo(first.traceId());
      assertThat(one.tracer().currentTrace().traceId()).hasValue(first.traceId());
    }
    assertThat(server.calls(START_TRACE)).hasSize(2);
  }

  @Test
  void contextOnAnExecutor_carriesTheSpan() throws Exception {
    ExecutorService plain = Executors.newSingleThreadExecutor();
    ExecutorService executor = Context.taskWrapping(plain);
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        executor.submit(() -> tracing.tracer().trace("task", () -> {})).get(20, TimeUnit.SECONDS);
      }
      plain.submit(() -> tracing.tracer().trace("elsewhere", () -> {})).get(20, TimeUnit.SECONDS);
    } finally {
      plain.shutdown();
    }

    assertThat(parentOf("task")).isEqualTo(idOf("root"));
    assertThat(parentOf("elsewhere")).isEmpty();
  }

  @Test
  void propagationToOpenTelemetry_letsForeignSpansNestUnderMlflowSpans() {
    Map<String, String> environment = Map.of("MLFLOW_TRACE_PROPAGATE_TO_OTEL_CONTEXT", "true");
    String traceId;
    try (MlflowTracing tracing =
        Tracings.builder(server, false).environment(environment).build()) {
      Span before = app.spanBuilder("before").startSpan();
      try (Scope scope = before.makeCurrent()) {
        try (LiveSpan own = tracing.tracer().startSpan("own")) {
          traceId = own.traceId();
          Span.current().setAttribute("seen", true);
          app.spanBuilder("foreign").startSpan().end();
        }
        assertThat(Span.current()).isSameAs(before);
      }
    }

    assertThat("tr-" + appExporter.getFinishedSpanItems().get(0).getTraceId()).isEqualTo(traceId);
    assertThat(sent()).singleElement().satisfies(span -> {
      assertThat(span.getParentSpanId()).isEmpty();
      assertThat(span.getAttributesList()).anyMatch(a -> a.getKey().equals("seen"));
    });
  }

  @Test
  void propagators_sendAndTakeThePipelinesSpan() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      TextMapPropagator propagator =
          tracing.openTelemetry().getPropagators().getTextMapPropagator();
      Map<String, String> headers = new HashMap<>();
      Span foreign = app.spanBuilder("foreign").startSpan();
      try (Scope scope = foreign.makeCurrent()) {
        propagator.inject(Context.current(), headers, Map::put);
        assertThat(headers).isEmpty();
        try (LiveSpan own = tracing.tracer().startSpan("own")) {
          propagator.inject(Context.current(), headers, Map::put);
          assertThat(headers.get("traceparent")).contains(own.spanId());
        }
        Context taken = propagator.extract(Context.current(), headers, Map::get);
        assertThat(Span.fromContext(taken)).isSameAs(foreign);
        try (Scope remote = taken.makeCurrent()) {
          tracing.tracer().startSpan("continued").end();
        }
      }
    }

    assertThat(parentOf("continued")).isEqualTo(idOf("own"));
  }

  @Test
  void spanProcessor_ofAnIsolatedPipeline_isRefusedWithAReason() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      assertThatThrownBy(tracing::spanProcessor)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("spanProcessor() needs a pipeline that shares OpenTelemetry's current span,"
              + " but this one is isolated; build it with useDefaultTracerProvider(false) or set"
              + " MLFLOW_USE_DEFAULT_TRACER_PROVIDER to false.");
      assertThatThrownBy(() -> tracing.tracer(OpenTelemetry.noop()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("tracer(OpenTelemetry) needs");
    }
  }

  @Test
  void everythingThatCanBeSaidOfANativeSpan_arrives() {
    Instant start = Instant.ofEpochSecond(1_700_000_000L);
    SpanContext target;
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      OpenTelemetry otel = tracing.openTelemetry();
      Tracer tracer = otel.getTracerProvider()
          .tracerBuilder("lib")
          .setInstrumentationVersion("1")
          .setSchemaUrl("http://schema")
          .build();
      Span linked =
          otel.getTracerProvider().get("lib", "2").spanBuilder("linked").startSpan();
      linked.end();
      target = linked.getSpanContext();
      Span span = tracer
          .spanBuilder("first name")
          .addLink(target)
          .addLink(target, Attributes.builder().put("why", "test").build())
          .setAttribute("text", "a")
          .setAttribute("long", 1L)
          .setAttribute("double", 1.5)
          .setAttribute("flag", true)
          .setAttribute(AttributeKey.stringArrayKey("list"), List.of("x"))
          .setAllAttributes(Attributes.builder().put("all", "b").build())
          .setSpanKind(SpanKind.CLIENT)
          .setStartTimestamp(start)
          .startSpan();
      assertThat(span.isRecording()).isTrue();
      span.addEvent("e1")
          .addEvent("e2", Attributes.empty())
          .addEvent("e3", start)
          .addEvent("e4", Attributes.empty(), start)
          .addLink(target)
          .addLink(target, Attributes.empty())
          .setAttribute("late", Value.of("v"))
          .setStatus(StatusCode.ERROR, "broken")
          .recordException(new IllegalStateException("boom"))
          .recordException(new IllegalStateException("boom"), Attributes.empty())
          .updateName("last name");
      assertThat(span.toString()).contains("last name");
      span.end(start.plusSeconds(2));
    }

    var span =
        sent().stream().filter(s -> s.getName().equals("last name")).findFirst().get();
    assertThat(span.getAttributesList().stream().map(a -> a.getKey()))
        .contains("text", "long", "double", "flag", "list", "all", "late");
    assertThat(span.getEventsList())
        .extracting(e -> e.getName())
        .containsExactly("e1", "e2", "e3", "e4", "exception", "exception");
    assertThat(span.getLinksList()).hasSize(4);
    assertThat(span.getStatus().getMessage()).isEqualTo("broken");
    assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(2_000_000_000L);
  }

  private List<io.opentelemetry.proto.trace.v1.Span> sent() {
    return server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .toList();
  }

  private io.opentelemetry.proto.trace.v1.Span span(String name) {
    return sent().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String idOf(String name) {
    return HexFormat.of().formatHex(span(name).getSpanId().toByteArray());
  }

  private String parentOf(String name) {
    return HexFormat.of().formatHex(span(name).getParentSpanId().toByteArray());
  }
}
