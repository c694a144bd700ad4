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
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace through two processes, which are two pipelines with servers of their own here. */
@SuppressWarnings("try") // A scope that is only closed.
class DistributedTracingTest {

  private final TrackingServerDouble callerServer = new TrackingServerDouble();
  private final TrackingServerDouble calledServer = new TrackingServerDouble();

  @AfterEach
  void close() {
    callerServer.close();
    calledServer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, traceparent",
    "true, false, Traceparent",
    "false, true, TRACEPARENT",
    "false, false, traceparent"
  })
  void continuedTrace_remoteHalfSendsItsSpansOnly(boolean async, boolean isolated, String name)
      throws Exception {
    ExecutorService otherProcess = Executors.newSingleThreadExecutor();
    String traceId;
    String callerId;
    try (MlflowTracing caller = start(callerServer, async, isolated);
        MlflowTracing called = start(calledServer, async, isolated)) {
      try (LiveSpan root = caller.tracer().startSpan("client root")) {
        traceId = root.traceId();
        callerId = root.spanId();
        String parent = caller.tracer().tracingContextHeaders().get("traceparent");
        assertThat(parent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        assertThat("tr-" + parent.substring(3, 35)).isEqualTo(traceId);
        assertThat(Integer.parseInt(parent.substring(53), 16) & 1).isEqualTo(1);

        otherProcess
            .submit(() -> {
              try (Scope scope = called.tracer().continueTrace(Map.of(name, parent, "Host", "h"));
                  LiveSpan handler = called.tracer().startSpan("handler")) {
                assertThat(handler.traceId()).isEqualTo(root.traceId());
                called.tracer().trace("inner", () -> {});
              }
              called.tracer().trace("own trace", () -> {});
            })
            .get(20, TimeUnit.SECONDS);
      }
      assertThat(called.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(called.stats().spans().delivered()).isEqualTo(3);
      assertThat(called.stats().traces().created()).isEqualTo(1);
      assertThat(called.tracer().lastActiveTraceId()).isNotEmpty().get().isNotEqualTo(traceId);
    } finally {
      otherProcess.shutdown();
    }

    assertThat(traceIds(callerServer)).containsExactly(traceId);
    assertThat(traceIds(calledServer)).hasSize(1).doesNotContain(traceId);
    var handler = span("handler");
    assertThat(HexFormat.of().formatHex(handler.getParentSpanId().toByteArray()))
        .isEqualTo(callerId);
    assertThat("tr-" + HexFormat.of().formatHex(handler.getTraceId().toByteArray()))
        .isEqualTo(traceId);
    assertThat(span("inner").getParentSpanId()).isEqualTo(handler.getSpanId());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unsampledTrace_isNotRecordedByTheOtherProcess(boolean isolated) {
    try (MlflowTracing caller = Tracings.builder(callerServer, true)
            .useDefaultTracerProvider(isolated)
            .samplingRatio(0)
            .build();
        MlflowTracing called = start(calledServer, true, isolated)) {
      Map<String, String> headers;
      try (LiveSpan root = caller.tracer().startSpan("root")) {
        headers = caller.tracer().tracingContextHeaders();
      }
      int flags = Integer.parseInt(headers.get("traceparent").substring(53), 16);
      assertThat(flags & 1).isZero();
      try (Scope scope = called.tracer().continueTrace(headers);
          LiveSpan span = called.tracer().startSpan("handler")) {
        assertThat(span.traceId()).isEqualTo(TraceIds.NO_OP_TRACE_ID);
      }
      called.flush(Tracings.SOON);
      assertThat(called.stats().spans().created()).isZero();
    }
    assertThat(callerServer.calls()).isEmpty();
    assertThat(calledServer.calls()).isEmpty();
  }

  @Test
  void continueTrace_withoutTraceparent_isAnErrorOfTheCaller() {
    try (MlflowTracing tracing = start(calledServer, true, true)) {
      assertThatThrownBy(() -> tracing.tracer().continueTrace(Map.of("Host", "h")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The headers do not contain \"traceparent\" but must have it;"
              + " MlflowTracer.tracingContextHeaders() of the calling process makes it.");
    }
  }

  @Test
  void continueTrace_malformedTraceparent_startsATraceOfItsOwn() {
    Map<String, String> headers = new HashMap<>();
    headers.put("traceparent", "00-zz\nforged line");
    headers.put(null, "HTTP/1.1 200");
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(calledServer, false, true)) {
      try (Scope scope = tracing.tracer().continueTrace(headers)) {
        tracing.tracer().trace("handler", () -> {});
      }
      assertThat(log.lines("The header traceparent is malformed")).hasSize(1);
      assertThat(log.text()).doesNotContain("forged");
    }
    assertThat(traceIds(calledServer)).hasSize(1);
  }

  @Test
  void tracingContextHeaders_withoutASpan_areEmptyWithAWarning() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(calledServer, true, true)) {
      assertThat(tracing.tracer().tracingContextHeaders()).isEmpty();
      assertThat(log.lines("There is no current span")).hasSize(1);
    }
  }

  @Test
  void traceThatComesBackToItsProcess_staysOneTrace() {
    try (MlflowTracing tracing = start(callerServer, false, true)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        Map<String, String> headers = tracing.tracer().tracingContextHeaders();
        try (Scope scope = tracing.tracer().continueTrace(headers)) {
          tracing.tracer().trace("handler", () -> {});
        }
      }
      assertThat(tracing.stats().traces().created()).isEqualTo(1);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
    assertThat(traceIds(callerServer)).hasSize(1);
  }

  @Test
  void continuedTrace_ofAnIsolatedPipeline_isNotOpenTelemetrysCurrentSpan() {
    try (MlflowTracing tracing = start(callerServer, false, true);
        Scope scope = tracing
            .tracer()
            .continueTrace(
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))) {
      assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }
  }

  private static MlflowTracing start(TrackingServerDouble server, boolean async, boolean isolated) {
    return Tracings.builder(server, async).useDefaultTracerProvider(isolated).build();
  }

  private static List<String> traceIds(TrackingServerDouble server) {
    return server.calls(START_TRACE).stream()
        .map(call -> call.json().at("/trace/trace_info/trace_id").asText())
        .toList();
  }

  private io.opentelemetry.proto.trace.v1.Span span(String name) {
    return calledServer.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
