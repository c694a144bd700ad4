package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces that are open longer than allowed. */
class TraceTimeoutTest {

  private static final Map<String, String> SHORT = Map.of(
      "MLFLOW_TRACE_TIMEOUT_SECONDS",
      "0.05",
      "MLFLOW_TRACE_TIMEOUT_CHECK_INTERVAL_SECONDS",
      "0.01");

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void openRoot_overTheLimit_isExportedAsErrorWithAnExceptionAndNotTwice(boolean async)
      throws Exception {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            Tracings.builder(server, async).environment(SHORT).build()) {
      LiveSpan root = tracing.tracer().spanBuilder("root").inputs(1).startDetachedSpan();
      server.awaitArrivals(START_TRACE, 1);
      root.setOutputs(2).end();
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(log.lines("is timed out after 0.05 seconds")).hasSize(1);
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
    assertThat(server
            .calls(START_TRACE)
            .get(0)
            .json()
            .at("/trace/trace_info/state")
            .asText())
        .isEqualTo("ERROR");
    List<Span> spans = spans();
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).getStatus().getCodeValue()).isEqualTo(2);
    assertThat(spans.get(0).getEvents(0).getName()).isEqualTo("exception");
    assertThat(spans.get(0).getEvents(0).getAttributesList())
        .anyMatch(pair -> pair.getKey().equals("exception.type")
            && pair.getValue().getStringValue().equals("MlflowTracingException"));
  }

  @Test
  void openChild_ofATraceOverTheLimit_followsWhenItEnds() throws Exception {
    try (MlflowTracing tracing =
        Tracings.builder(server, true).environment(SHORT).build()) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      server.awaitArrivals(START_TRACE, 1);
      child.end();
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(spans()).extracting(Span::getName).containsExactly("root", "child");
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void openChild_serverWithoutSpanStore_isUploadedOnce() throws Exception {
    server.withoutSpanStore();
    try (MlflowTracing tracing =
        Tracings.builder(server, true).environment(SHORT).build()) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      server.awaitArrivals(UPLOAD, 1);
      child.end();
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(UPLOAD)).hasSize(1);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
  }

  @Test
  void shutdown_endsTheThread() {
    MlflowTracing tracing = Tracings.builder(server, true).environment(SHORT).build();
    tracing.tracer().trace("root", () -> {});
    tracing.shutdown(Tracings.SOON);

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("mlflow-trace-timeout"));
  }

  @Test
  void limitNotSet_noThreadLooksForIt() {
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("mlflow-trace-timeout"));
    }
  }

  private List<Span> spans() {
    return server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .toList();
  }
}
