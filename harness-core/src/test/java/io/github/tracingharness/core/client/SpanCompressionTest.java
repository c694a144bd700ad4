package io.github.tracingharness.core.client;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UC_SPANS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceLocation.Experiment;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests with spans are compressed, on real sockets. */
class SpanCompressionTest {

  private static final TraceLocation EXPERIMENT = new Experiment("1");
  private static final int LARGE = SpanCompression.THRESHOLD;

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"3.4.0, ''", "3.6.0, ''", "3.7.0rc1, ''", "3.7.0, gzip", "3.17.2, gzip", "4.0.0, gzip"
  })
  void logSpans_serversVersion_decides(String version, String encoding) throws Exception {
    server.version(version);
    try (RestTrackingClient client = client()) {
      assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.YES);
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
    }

    assertThat(encodings()).containsExactly(encoding);
  }

  @Test
  void logSpans_unknownVersion_sendsThemAsTheyAre() throws Exception {
    try (RestTrackingClient client = client()) {
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
    }

    assertThat(encodings()).containsExactly("");
  }

  @Test
  void logSpans_belowTheThreshold_sendsThemAsTheyAre() throws Exception {
    int least = plainLength(0);
    try (RestTrackingClient client = probed()) {
      // Larger lengths take a few bytes more.
      client.logSpans(EXPERIMENT, spans(LARGE - least - 100), CallScope.CALLER);
      client.logSpans(EXPERIMENT, spans(LARGE - least + 100), CallScope.CALLER);
    }

    assertThat(encodings()).containsExactly("", "gzip");
  }

  @Test
  void logSpans_compressed_hasTheSameContentAndSaysItsLength() throws Exception {
    try (RestTrackingClient client = client()) {
      client.logSpans(EXPERIMENT, spans(10 * LARGE), CallScope.CALLER);
      assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.YES);
      client.logSpans(EXPERIMENT, spans(10 * LARGE), CallScope.CALLER);
    }

    Call plain = server.calls(LOG_SPANS).get(0);
    Call packed = server.calls(LOG_SPANS).get(1);
    assertThat(packed.otlp()).isEqualTo(plain.otlp());
    assertThat(packed.body().length).isLessThan(plain.body().length / 2);
    assertThat(packed.header("Content-Length")).isEqualTo("" + packed.body().length);
    assertThat(packed.header("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(packed.header("x-mlflow-experiment-id")).isEqualTo("1");
  }

  @Test
  void logSpans_retried_sendsTheSamePayload() throws Exception {
    server.next(LOG_SPANS, Answer.status(503), Answer.reset());
    try (RestTrackingClient client = probed()) {
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
    }

    assertThat(encodings()).containsExactly("gzip", "gzip", "gzip");
    assertThat(server.calls(LOG_SPANS))
        .allSatisfy(call ->
            assertThat(call.body()).isEqualTo(server.calls(LOG_SPANS).get(0).body()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 415})
  void logSpans_compressedIsRefused_sendsThemAsTheyAreFromThenOn(int status) throws Exception {
    server.next(LOG_SPANS, Answer.status(status));
    try (LogCapture log = new LogCapture();
        RestTrackingClient client = probed()) {
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
      assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.YES);
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
      assertThat(log.text()).containsOnlyOnce("takes no compressed spans");
    }

    assertThat(encodings()).containsExactly("gzip", "", "", "");
    assertThat(server.calls(LOG_SPANS).get(1).otlp())
        .isEqualTo(server.calls(LOG_SPANS).get(0).otlp());
  }

  /** Then the compression was not the reason. */
  @Test
  void logSpans_refusedInBothForms_failsAndCompressesTheNext() throws Exception {
    server.next(LOG_SPANS, Answer.status(400), Answer.status(400));
    try (RestTrackingClient client = probed()) {
      assertThatThrownBy(() -> client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("was answered 400");
      client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER);
    }

    assertThat(encodings()).containsExactly("gzip", "", "gzip");
  }

  @Test
  void logSpans_compressedAnsweredByAnotherStatus_isNotRepeated() throws Exception {
    server.next(LOG_SPANS, Answer.status(404));
    try (RestTrackingClient client = probed()) {
      assertThatThrownBy(() -> client.logSpans(EXPERIMENT, spans(LARGE), CallScope.CALLER))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("was answered 404");
    }

    assertThat(encodings()).containsExactly("gzip");
  }

  @Test
  void logSpans_smallIsRefused_isNotRepeated() throws Exception {
    server.next(LOG_SPANS, Answer.status(400));
    try (RestTrackingClient client = probed()) {
      assertThatThrownBy(() -> client.logSpans(EXPERIMENT, spans(1), CallScope.CALLER))
          .isInstanceOf(TrackingException.class);
    }

    assertThat(encodings()).containsExactly("");
  }

  @Test
  void logSpans_unityCatalog_isNeverCompressed() throws Exception {
    try (RestTrackingClient client = probed()) {
      client.logSpans(new UcSchema("c", "s"), spans(LARGE), CallScope.CALLER);
    }

    assertThat(server.calls(UC_SPANS)).hasSize(1);
    assertThat(server.calls(UC_SPANS).get(0).header("Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, gzip", "false, ''"})
  void trace_large_isCompressedUnlessSwitchedOff(boolean compress, String encoding) {
    try (MlflowTracing tracing =
        Tracings.builder(server, true).compressSpans(compress).build()) {
      tracing
          .tracer()
          .trace(
              "root",
              () -> tracing
                  .tracer()
                  .spanBuilder("child")
                  .inputs(text(2 * LARGE))
                  .startSpan()
                  .end());
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }

    assertThat(encodings()).contains(encoding);
    assertThat(server.calls(LOG_SPANS).stream()
            .mapToInt(call -> call.spans().size())
            .sum())
        .isEqualTo(2);
  }

  private RestTrackingClient probed() {
    RestTrackingClient client = client();
    assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.YES);
    return client;
  }

  private RestTrackingClient client() {
    return Clients.client(
        Clients.settings(server.uri(), Credentials.none(), /* databricks= */ false));
  }

  private List<String> encodings() {
    return server.calls(LOG_SPANS).stream()
        .map(call -> call.header("Content-Encoding"))
        .toList();
  }

  private int plainLength(int chars) throws TrackingException {
    try (RestTrackingClient client = client()) {
      client.logSpans(new UcSchema("c", "s"), spans(chars), CallScope.CALLER);
    }
    return server.calls(UC_SPANS).get(0).body().length;
  }

  private static List<Span> spans(int chars) {
    return List.of(new Span(
        "tr-0af7651916cd43dd8448eb211c80319c",
        "00f067aa0ba902b7",
        null,
        "root",
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        Map.of("text", text(chars)),
        List.of()));
  }

  private static String text(int chars) {
    return IntStream.iterate(0, i -> i + 1)
        .limit(chars / 4 + 1)
        .mapToObj(i -> String.format("%4d", i % 1000))
        .collect(Collectors.joining())
        .substring(0, chars);
  }
}
