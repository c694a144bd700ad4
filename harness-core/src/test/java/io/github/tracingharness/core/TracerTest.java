package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tracer does besides spans: other threads, sampling, on and off, hooks, limits. */
@SuppressWarnings("try") // A span that is only started and ended.
class TracerTest {

  private final TrackingServerDouble server = new TrackingServerDouble();
  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    executor.shutdownNow();
    server.close();
  }

  private MlflowTracing start(boolean isolated) {
    return Tracings.builder(server, false).useDefaultTracerProvider(isolated).build();
  }

  private MlflowTracing start(Map<String, String> environment) {
    return Tracings.builder(server, false).environment(environment).build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wrappedWork_onAnotherThread_isAChildOfTheSpanThatWasCurrent(boolean isolated)
      throws Exception {
    try (MlflowTracing tracing = start(isolated)) {
      MlflowTracer tracer = tracing.tracer();
      Callable<Integer> callable;
      try (LiveSpan root = tracer.startSpan("root")) {
        Runnable runnable = tracer.wrap("runnable", () -> {});
        executor.submit(runnable).get(20, TimeUnit.SECONDS);
        callable = tracer.wrap("callable", () -> 7);
        assertThat(executor.submit(callable).get(20, TimeUnit.SECONDS)).isEqualTo(7);
        String text = CompletableFuture.supplyAsync(
                tracer.wrapSupplier("supplier", () -> {
                  tracer.trace("below supplier", () -> {});
                  return "x";
                }),
                executor)
            .thenApplyAsync(value -> value + "y", executor)
            .get(20, TimeUnit.SECONDS);
        assertThat(text).isEqualTo("xy");
      }
      assertThat(tracer.currentSpan()).isEmpty();
    }

    Span root = span("root");
    assertThat(List.of("runnable", "callable", "supplier"))
        .allSatisfy(name -> assertThat(span(name).getParentSpanId()).isEqualTo(root.getSpanId()));
    assertThat(span("below supplier").getParentSpanId())
        .isEqualTo(span("supplier").getSpanId());
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void wrappedSupplier_throws_isAnErrorAndTheExceptionIsTheSame() {
    IllegalStateException boom = new IllegalStateException("boom");
    try (MlflowTracing tracing = start(true)) {
      assertThatThrownBy(() -> tracing
              .tracer()
              .wrapSupplier("supplier", () -> {
                throw boom;
              })
              .get())
          .isSameAs(boom);
    }
    assertError("supplier", "IllegalStateException: boom");
  }

  @Test
  void traceAsync_endsWithTheFuture() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> failing = new CompletableFuture<>();
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    try (MlflowTracing tracing = start(true)) {
      MlflowTracer tracer = tracing.tracer();
      CompletableFuture<String> returned = tracer.traceAsync("fine", () -> {
        tracer.trace("inside", () -> {});
        return future;
      });
      assertThat(returned).isSameAs(future);
      assertThat(tracer.currentSpan()).isEmpty();
      assertThat(sent()).extracting(Span::getName).containsExactly("inside");
      future.complete("x");
      assertThat(tracer.traceAsync("failing", () -> failing.thenApply(v -> v))).isNotDone();
      failing.completeExceptionally(new java.io.IOException("gone"));
      assertThat(tracer.traceAsync("cancelled", () -> cancelled).cancel(true)).isTrue();
      assertThatThrownBy(() -> tracer.traceAsync("thrown", () -> {
            throw new IllegalStateException("early");
          }))
          .hasMessage("early");
      assertThat(tracing.stats().spans().delivered()).isEqualTo(5);
    }

    assertThat(span("fine").getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_OK);
    assertThat(span("inside").getParentSpanId()).isEqualTo(span("fine").getSpanId());
    assertError("failing", "IOException: gone");
    assertError("thrown", "IllegalStateException: early");
    assertThat(span("cancelled").getStatus().getMessage()).startsWith("CancellationException");
  }

  @Test
  void spanLeftByWhateverIsThrown_isNotOk() {
    try (MlflowTracing tracing = start(true)) {
      for (Throwable thrown : List.of(
          new IllegalStateException("a"),
          new OutOfMemoryError("b"),
          new InterruptedException("c"),
          new java.util.concurrent.CancellationException("d"))) {
        String name = thrown.getClass().getSimpleName();
        assertThatThrownBy(() -> tracing.tracer().trace(name, () -> sneaky(thrown)))
            .isSameAs(thrown);
        assertError(name, name + ": " + thrown.getMessage());
        Span span = span(name);
        assertThat(span.getEvents(0).getName()).isEqualTo("exception");
        assertThat(span.getAttributesList()).anySatisfy(a -> {
          assertThat(a.getKey()).isEqualTo("mlflow.spanLogLevel");
          assertThat(a.getValue().getIntValue()).isEqualTo(40);
        });
      }
    }
    assertThat(server.calls(START_TRACE))
        .extracting(call -> call.json().at("/trace/trace_info/state").asText())
        .containsOnly("ERROR");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Void sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void currentSpan_isTheOneThatWasStarted() {
    try (MlflowTracing tracing = start(true)) {
      MlflowTracer tracer = tracing.tracer();
      assertThat(tracer.currentSpan()).isEmpty();
      try (LiveSpan span = tracer.startSpan("root")) {
        tracer.currentSpan().orElseThrow().setAttribute("k", "v");
        assertThat(span.attribute("k")).hasValue("\"v\"");
        assertThat(span.name()).isEqualTo("root");
      }
    }
    assertThat(attributes("root")).containsEntry("k", "v");
  }

  @Test
  void samplingRatioOfOneTrace_countsForTheRootAndItsChildren() {
    try (LogCapture log = new LogCapture();
        MlflowTracing none = Tracings.builder(server, false).samplingRatio(0).build();
        MlflowTracing all = Tracings.builder(server, false).samplingRatio(1).build()) {
      try (LiveSpan root = none.tracer().spanBuilder("kept").samplingRatio(1).startSpan()) {
        none.tracer().spanBuilder("kept child").samplingRatio(0).startSpan().end();
      }
      assertThat(none.lastActiveTraceId()).isPresent();
      String last = none.lastActiveTraceId().orElseThrow();
      try (LiveSpan root = none.tracer().startSpan("dropped")) {
        assertThat(root.traceId()).isEqualTo(TraceIds.NO_OP_TRACE_ID);
        none.tracer().spanBuilder("dropped child").samplingRatio(1).startSpan().end();
      }
      assertThat(none.lastActiveTraceId()).hasValue(last);
      all.tracer().spanBuilder("dropped too").samplingRatio(0).startSpan().end();
      all.tracer().spanBuilder("odd").samplingRatio(1.5).startSpan().end();
      assertThat(log.lines("The sampling ratio 1.5 of span odd is ignored")).hasSize(1);
    }

    assertThat(sent()).extracting(Span::getName).containsExactly("kept child", "kept", "odd");
  }

  @Test
  void ratioZero_makesNoRequest() {
    try (MlflowTracing tracing = Tracings.builder(server, true).samplingRatio(0).build()) {
      tracing.tracer().trace("root", () -> tracing.tracer().trace("child", () -> {}));
      tracing.flush(Tracings.SOON);
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void disable_recordsNothingUntilEnable() {
    try (MlflowTracing tracing = start(true)) {
      try (LiveSpan open = tracing.tracer().startSpan("open")) {
        tracing.disable();
        assertThat(tracing.isEnabled()).isFalse();
        try (LiveSpan span = tracing.tracer().startSpan("off")) {
          assertThat(span.traceId()).isEqualTo(TraceIds.NO_OP_TRACE_ID);
        }
      }
      tracing.enable();
      tracing.tracer().trace("on", () -> {});
      assertThat(tracing.stats().spans().created()).isEqualTo(2);
    }
    assertThat(sent()).extracting(Span::getName).containsExactly("open", "on");
  }

  @Test
  void otelSdkDisabled_recordsNothingEvenIfEnabled() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(Map.of("OTEL_SDK_DISABLED", "true"))) {
      tracing.enable();
      assertThat(log.lines("Tracing stays off: OTEL_SDK_DISABLED is set to true"))
          .hasSize(1);
      tracing.tracer().trace("off", () -> {});
      assertThat(tracing.stats().spans().created()).isZero();
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void lastActiveTraceId_isKnownForTheProcessAndForEachThread() throws Exception {
    try (MlflowTracing tracing = start(true)) {
      MlflowTracer tracer = tracing.tracer();
      LiveSpan here = tracer.startSpan("here");
      here.end();
      String there = executor
          .submit(() -> {
            assertThat(tracer.lastActiveTraceIdOfThread()).isEmpty();
            LiveSpan span = tracer.startSpan("there");
            span.end();
            return span.traceId();
          })
          .get(20, TimeUnit.SECONDS);

      assertThat(tracer.lastActiveTraceId()).hasValue(there);
      assertThat(tracer.lastActiveTraceIdOfThread()).hasValue(here.traceId());
    }
  }

  @Test
  void spanProcessors_maskSpansOfBothApisBeforeTheExport() {
    try (MlflowTracing tracing = Tracings.builder(server, false)
        .spanProcessor(span -> span.setInputs("***"))
        .spanProcessor(span -> {
          assertThat(span.attribute("mlflow.spanInputs")).hasValue("\"***\"");
          span.setAttribute("password", "***").setAttribute("seen", span.name());
        })
        .build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.setInputs("secret");
        tracing
            .openTelemetry()
            .getTracer("lib")
            .spanBuilder("native")
            .setAttribute("password", "secret")
            .startSpan()
            .end();
      }
    }

    assertThat(server.calls()).noneSatisfy(call -> assertThat(call.text()).contains("secret"));
    assertThat(attributes("root")).containsEntry("seen", "root");
    assertThat(attributes("native"))
        .containsEntry("seen", "native")
        .containsEntry("password", "***");
  }

  @Test
  void spanProcessorThatFails_warnsAndTheSpanIsExported() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.builder(server, false)
            .spanProcessor(span -> {
              throw new AssertionError("broken hook");
            })
            .spanProcessor(span -> span.setAttribute("next", 1))
            .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(log.lines("which is exported as it is: java.lang.AssertionError: broken hook"))
          .hasSize(1);
    }
    assertThat(span("root").getAttributesList()).anyMatch(a -> a.getKey().equals("next"));
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void limitsOfTheEnvironment_countForTheApplicationsAttributesOnly() {
    Map<String, String> limits = Map.of(
        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2",
        "OTEL_SPAN_EVENT_COUNT_LIMIT", "1",
        "OTEL_SPAN_LINK_COUNT_LIMIT", "1",
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "4");
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(limits)) {
      String target = "0af7651916cd43dd8448eb211c80319c";
      try (LiveSpan root = tracing
          .tracer()
          .spanBuilder("root")
          .link(target, "b7ad6b7169203331", Map.of())
          .link(target, "b7ad6b7169203332", Map.of())
          .startSpan()) {
        root.setInputs(Map.of("question", "What is a span?")).setOutputs("a long answer");
        root.setAttribute("a", "abcdef").setAttribute("b", List.of("abcdef")).setAttribute("c", 1);
        root.setAttribute("a", "uvwxyz");
        root.addEvent("e1", Map.of()).addEvent("e2", Map.of());
      }
      assertThat(log.lines("1 attributes of span")).hasSize(1);
    }

    Span root = span("root");
    assertThat(attributes("root"))
        .containsEntry("a", "uvwx")
        .containsEntry("mlflow.spanOutputs", "a long answer")
        .containsKeys("b", "mlflow.spanInputs", "mlflow.spanType", "mlflow.traceRequestId")
        .doesNotContainKey("c");
    assertThat(root.getEventsList()).hasSize(1);
    assertThat(root.getLinksList()).hasSize(1);
    assertThat(server
            .calls(START_TRACE)
            .get(0)
            .json()
            .at("/trace/trace_info/request_preview")
            .asText())
        .isEqualTo("{\"question\": \"What is a span?\"}");
  }

  @Test
  void resource_hasWhatTheEnvironmentSaysOfTheProcess() {
    try (MlflowTracing tracing = start(Map.of(
        "OTEL_SERVICE_NAME", "shop",
        "OTEL_RESOURCE_ATTRIBUTES", "team=blue,telemetry.sdk.language=cobol"))) {
      tracing.tracer().trace("root", () -> {});
    }

    Map<String, String> resource = server
        .calls(LOG_SPANS)
        .get(0)
        .otlp()
        .getResourceSpans(0)
        .getResource()
        .getAttributesList()
        .stream()
        .collect(Collectors.toMap(a -> a.getKey(), a -> a.getValue().getStringValue()));
    assertThat(resource)
        .containsEntry("service.name", "shop")
        .containsEntry("team", "blue")
        .containsEntry("telemetry.sdk.language", "java")
        .containsKey("telemetry.sdk.name");
  }

  @Test
  void ids_areUniqueWhateverTheApplicationSeeds() {
    Set<String> ids = new HashSet<>();
    try (MlflowTracing tracing =
        start(Map.of("MLFLOW_TRACE_USE_ISOLATED_RANDOM_ID_GENERATOR", "false"))) {
      for (int i = 0; i < 20; i++) {
        assertThat(new java.util.Random(42).nextInt()).isEqualTo(-1170105035);
        LiveSpan span = tracing.tracer().startSpan("root");
        span.end();
        ids.add(span.traceId());
      }
    }
    assertThat(ids).hasSize(20);
  }

  @Test
  void noParent_insideAnotherTrace_startsItsOwn() {
    try (MlflowTracing tracing = start(true);
        LiveSpan outer = tracing.tracer().startSpan("outer");
        LiveSpan own = tracing.tracer().spanBuilder("own").noParent().startSpan();
        LiveSpan child = tracing.tracer().spanBuilder("child").parent(outer).startSpan()) {
      assertThat(own.traceId()).isNotEqualTo(outer.traceId());
      assertThat(child.traceId()).isEqualTo(outer.traceId());
    }
    assertThat(span("own").getParentSpanId()).isEmpty();
    assertThat(span("child").getParentSpanId()).isEqualTo(span("outer").getSpanId());
  }

  private List<Span> sent() {
    return server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .toList();
  }

  private Span span(String name) {
    return sent().stream().filter(s -> s.getName().equals(name)).findFirst().orElseThrow();
  }

  private Map<String, String> attributes(String name) {
    Map<String, String> attributes = new HashMap<>();
    span(name)
        .getAttributesList()
        .forEach(a -> attributes.put(a.getKey(), a.getValue().getStringValue()));
    return attributes;
  }

  private void assertError(String name, String message) {
    assertThat(span(name).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(span(name).getStatus().getMessage()).isEqualTo(message);
  }
}
