package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large spans of the core's pipeline, which come in gzip. */
class CompressedSpansTest {

  private static final String TEXT = "compressible é🙂 ".repeat(20_000);

  private static FakeTrackingServer server;

  private TrackingSpace space;
  private String experiment;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void makeSpace() {
    space = server.newSpace();
    experiment = space.createExperiment("large");
  }

  @AfterEach
  void closeSpace() {
    space.close();
  }

  @Test
  void largeSpan_comesInGzip_isStoredAsItWasMade() throws Exception {
    String id = trace();

    assertThat(encodings()).containsExactly("gzip");
    assertThat(storedInput(id)).isEqualTo(TEXT);
    assertThat(space.calls(Endpoint.OTLP_TRACES).get(0).body().length).isLessThan(TEXT.length());
  }

  @Test
  void largeSpan_gzipIsRefused_isStoredFromThePlainRequest() throws Exception {
    space.on(Endpoint.OTLP_TRACES).answer(Fault.status(415)).thenReal();
    String id = trace();

    assertThat(encodings()).containsExactly("gzip", "none");
    assertThat(storedInput(id)).isEqualTo(TEXT);
  }

  private String trace() {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .experimentId(experiment)
        .asyncExport(true)
        .maxRetries(0)
        .build()) {
      tracing.tracer().spanBuilder("root").inputs(TEXT).startSpan().end();
      assertThat(tracing.flush(Duration.ofSeconds(60)).isSuccess()).isTrue();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
      return tracing.lastActiveTraceId().orElseThrow();
    }
  }

  private String storedInput(String id) throws Exception {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .build()) {
      Trace trace = tracing.reader().getTrace(id);
      return PythonJson.str(
          PythonJson.loads(trace.data().spans().get(0).jsonAttribute(SpanAttributeKey.INPUTS)));
    }
  }

  private List<String> encodings() {
    return space.calls(Endpoint.OTLP_TRACES).stream()
        .map(call -> call.header("Content-Encoding").orElse("none"))
        .toList();
  }
}
