package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.trace.TraceContext;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What traces have from the code that surrounds them. */
@SuppressWarnings("try") // A scope is only closed.
class TraceContextTest {

  private static final TraceContext OUTER = TraceContext.empty()
      .withTag("team", "blue")
      .withTag("stage", "test")
      .withMetadata("batch", "7")
      .withSession("s-1")
      .withUser("ann");

  private final TrackingServerDouble server = new TrackingServerDouble();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    executor.shutdownNow();
    server.close();
  }

  private MlflowTracing start(boolean isolated) {
    return Tracings.builder(server, false).useDefaultTracerProvider(isolated).build();
  }

  private List<JsonNode> infos() {
    return server.calls(START_TRACE).stream()
        .map(call -> call.json().at("/trace/trace_info"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void useTraceContext_inItsScope_givesTracesTagsAndMetadata(boolean isolated) {
    try (MlflowTracing tracing = start(isolated)) {
      try (Scope scope = tracing.tracer().useTraceContext(OUTER)) {
        tracing.tracer().trace("inside", () -> tracing.tracer().trace("child", () -> {}));
      }
      tracing.tracer().trace("outside", () -> {});
    }

    assertThat(infos()).hasSize(2);
    JsonNode inside = infos().get(0);
    assertThat(inside.at("/tags/team").asText()).isEqualTo("blue");
    assertThat(inside.at("/trace_metadata/batch").asText()).isEqualTo("7");
    assertThat(inside.at("/trace_metadata/mlflow.trace.session").asText()).isEqualTo("s-1");
    assertThat(inside.at("/trace_metadata/mlflow.trace.user").asText()).isEqualTo("ann");
    JsonNode outside = infos().get(1);
    assertThat(outside.at("/tags/team").isMissingNode()).isTrue();
    assertThat(outside.at("/trace_metadata/batch").isMissingNode()).isTrue();
  }

  @Test
  void useTraceContext_nested_theInnerOneAndThenTheTraceWin() {
    try (MlflowTracing tracing = start(true)) {
      MlflowTracer tracer = tracing.tracer();
      try (Scope outer = tracer.useTraceContext(OUTER);
          Scope inner = tracer.useTraceContext(TraceContext.empty().withTag("team", "red"))) {
        tracer.trace("work", () -> {
          tracer.currentTrace().tag("stage", "own");
        });
      }
    }

    JsonNode tags = infos().get(0).path("tags");
    assertThat(tags.path("team").asText()).isEqualTo("red");
    assertThat(tags.path("stage").asText()).isEqualTo("own");
    assertThat(infos().get(0).at("/trace_metadata/batch").asText()).isEqualTo("7");
  }

  @Test
  void useTraceContext_withTheTagOfTheName_leavesTheRootsName() {
    try (MlflowTracing tracing = start(true);
        Scope scope = tracing
            .tracer()
            .useTraceContext(TraceContext.empty().withTag("mlflow.traceName", "other"))) {
      tracing.tracer().trace("work", () -> {});
    }

    assertThat(infos().get(0).at("/tags/mlflow.traceName").asText()).isEqualTo("work");
  }

  @Test
  void useTraceContext_onAThreadOfAWrappedExecutor_goesAlong() throws Exception {
    try (MlflowTracing tracing = start(true)) {
      Future<?> done;
      try (Scope scope = tracing.tracer().useTraceContext(OUTER)) {
        done = Context.taskWrapping(executor)
            .submit(() -> tracing.tracer().trace("elsewhere", () -> {}));
      }
      done.get();
    }

    assertThat(infos().get(0).at("/tags/team").asText()).isEqualTo("blue");
  }
}
