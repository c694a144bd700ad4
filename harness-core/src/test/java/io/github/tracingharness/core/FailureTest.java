package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LINK_PROMPTS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is logged and counted and never reaches the caller. */
@SuppressWarnings("try") // A span that is only started and ended.
class FailureTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void startTrace_fails_callerGetsItsValueAndTheCauseIsLogged(boolean async) throws Exception {
    server
        .withoutSpanStore()
        .always(
            START_TRACE,
            Answer.of(400, "{\"error_code\": \"BAD\", \"message\": \"Failed to start trace\"}"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, async)) {
      String value = tracing.tracer().trace("root", () -> "value");

      FlushResult result = tracing.flush(Tracings.SOON);

      assertThat(value).isEqualTo("value");
      assertThat(result.status()).isEqualTo(Status.FAILURE);
      assertThat(result.tracesDropped()).isEqualTo(1);
      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.START_TRACE_FAILED, 1L));
      assertThat(tracing.stats().spans().pending()).isZero();
      assertThat(log.lines("Failed to send trace to MLflow backend"))
          .hasSize(1)
          .first()
          .asString()
          .contains("WARN")
          .contains("POST /api/3.0/mlflow/traces was answered 400: BAD: Failed to start trace");
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);
    }
    assertThat(server.calls(UPLOAD)).isEmpty();
    assertThat(server.calls(LINK_PROMPTS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, plain text",
    "403, '{\"detail\": \"no\"}'",
    "401, '{\"error_code\": \"UNAUTHENTICATED\", \"message\": \"m\"}'",
    "403, ''"
  })
  void startTrace_authenticationRefused_isAnErrorThatSaysSo(int status, String body) {
    server.always(START_TRACE, Answer.of(status, body));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.lines("Failed to send trace to MLflow backend: authentication error"))
          .hasSize(1)
          .first()
          .asString()
          .contains("ERROR")
          .contains("NOT saved")
          .contains("MLFLOW_TRACKING_TOKEN");
      assertThat(log.lines("(permission denied)")).hasSize(status == 403 ? 1 : 0);
    }
  }

  @Test
  void startTrace_notFoundThatMentions403_isNoAuthenticationError() {
    server.always(
        START_TRACE,
        Answer.of(
            404,
            "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"No Experiment with id=403 exists\"}"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains("id=403").doesNotContain("authentication");
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', with an empty body",
    "<html>login</html>, with no JSON object: <html>login</html>",
    "{}, the answer names no trace: {}"
  })
  void startTrace_answer200WithoutTrace_isAFailureThatSaysSo(String body, String expected) {
    server.withoutSpanStore().always(START_TRACE, Answer.of(200, body));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains(expected);
      assertThat(tracing.stats().traces().droppedInAll()).isEqualTo(1);
    }
    assertThat(server.calls(UPLOAD)).isEmpty();
  }

  @Test
  void startTrace_missingEndpoint_fallsBackToV2() {
    server
        .withoutSpanStore()
        .always(START_TRACE, Answer.of(404, "Not Found"))
        .always(
            "POST /api/2.0/mlflow/traces",
            Answer.of(
                200,
                "{\"trace_info\": {\"request_id\": \"abc\", \"tags\": [{\"key\": \"mlflow.artifactLocation\","
                    + " \"value\": \"mlflow-artifacts:/1/traces/abc/artifacts\"}]}}"));
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
    }

    assertThat(server.endpoints())
        .containsExactly(
            "GET /version",
            START_TRACE,
            "POST /api/2.0/mlflow/traces",
            "PATCH /api/2.0/mlflow/traces/abc",
            UPLOAD + "1/traces/abc/artifacts/traces.json");
    assertThat(server.calls().get(3).json().path("status").asText()).isEqualTo("OK");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void upload_fails_isLoggedAndCounted(boolean async) {
    server.withoutSpanStore().always(UPLOAD, Answer.status(403));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, async)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().dropped()).containsKey(DropReason.UPLOAD_FAILED);
      assertThat(tracing.stats().spans().dropped()).containsEntry(DropReason.UPLOAD_FAILED, 1L);
      assertThat(log.lines("Failed to send trace to MLflow backend")).hasSize(1);
    }
  }

  @Test
  void upload_noArtifactLocation_saysSo() {
    server
        .withoutSpanStore()
        .always(
            START_TRACE, Answer.of(200, "{\"trace\": {\"trace_info\": {\"trace_id\": \"tr-1\"}}}"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains("the server named no artifact location for trace tr-1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void linkPrompts_fails_isLoggedAndTheExportSucceeds(boolean async) {
    server.always(LINK_PROMPTS, Answer.status(500));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, async)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.trace().prompt(PromptVersion.of("p", 1));
      }

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);
      assertThat(server.calls(LINK_PROMPTS)).hasSize(3);
      assertThat(log.lines("Failed to link prompts to trace"))
          .hasSize(1)
          .first()
          .asString()
          .contains("WARN")
          .contains("scripted 500");
    }
  }

  @Test
  void logSpans_laterBatchRefused_lossIsLoggedAndCounted() {
    server.next(LOG_SPANS, Answer.of(200, "")).always(LOG_SPANS, Answer.status(400));
    server.next(
        START_TRACE,
        Answer.of(
            200,
            "{\"trace\": {\"trace_info\": {\"trace_id\": \"tr-1\", \"tags\": {\"mlflow.trace.spansLocation\":"
                + " \"TRACKING_STORE\"}}}}"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        tracing.tracer().startSpan("child").end();
      }

      assertThat(tracing.stats().spans().dropped()).containsEntry(DropReason.SPANS_REJECTED, 1L);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(log.lines("1 of 2 spans of trace")).hasSize(1);
    }
  }

  @Test
  void request_retried_hasTheSameBodyAndIsCounted() {
    server.next(START_TRACE, Answer.status(503), Answer.reset());
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().retried()).isEqualTo(2);
    }

    assertThat(server.calls(START_TRACE)).hasSize(3);
    assertThat(server.calls(START_TRACE).stream()
            .map(TrackingServerDouble.Call::text)
            .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void server_unreachable_callerIsUnharmed(boolean async) throws Exception {
    String deadUri = server.uri();
    server.close();
    try (MlflowTracing tracing =
        Tracings.builder(server, async).trackingUri(deadUri).build()) {
      assertThat(tracing.tracer().trace("root", () -> 42)).isEqualTo(42);
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transport_throwsAnything_callerIsUnharmed(boolean async) {
    AtomicInteger calls = new AtomicInteger();
    try (MlflowTracing tracing = Tracings.builder(server, async)
        .transport(call -> {
          calls.incrementAndGet();
          throw new IllegalStateException("broken transport");
        })
        .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().pending()).isZero();
      assertThat(tracing.stats().spans().pending()).isZero();
    }
    assertThat(calls.get()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transport_throwsError_isAccountedFor(boolean async) {
    try (MlflowTracing tracing = Tracings.builder(server, async)
        .transport(call -> {
          throw new StackOverflowError();
        })
        .build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.INTERNAL_ERROR, 1L));
      assertThat(tracing.stats().spans().pending()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transport_throwsErrorForAnEarlierSpan_traceIsAccountedFor(boolean async) {
    try (MlflowTracing tracing = Tracings.builder(server, async)
        .transport(call -> {
          if (call.uri().getPath().endsWith("/version")) {
            return new HttpAnswer(200, Map.of(), "3.17.2".getBytes(StandardCharsets.UTF_8));
          }
          throw new StackOverflowError();
        })
        .build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        tracing.tracer().startSpan("child").end();
        tracing.flush(Tracings.SOON);
      }

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().traces().pending()).isZero();
      assertThat(tracing.stats().spans().pending()).isZero();
    }
  }

  @Test
  void transport_makesSpansItself_exportsNoneOfThem() {
    MlflowTracing[] own = new MlflowTracing[1];
    AtomicInteger calls = new AtomicInteger();
    try (MlflowTracing tracing = Tracings.builder(server, false)
        .transport(call -> {
          calls.incrementAndGet();
          own[0]
              .openTelemetry()
              .getTracer("http")
              .spanBuilder("POST")
              .startSpan()
              .end();
          return new HttpAnswer(500, Map.of(), new byte[0]);
        })
        .build()) {
      own[0] = tracing;
      tracing.tracer().trace("root", () -> {});

      assertThat(tracing.stats().spans().created()).isEqualTo(1);
    }
    assertThat(calls.get()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trace_workThrows_recordsAndRethrowsTheOriginal(boolean async) {
    IllegalStateException original = new IllegalStateException("boom é");
    Callable<String> work = () -> {
      throw original;
    };
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      assertThatThrownBy(() -> tracing.tracer().trace("root", work)).isSameAs(original);
      assertThatThrownBy(() -> tracing.tracer().trace("error", (Runnable) () -> {
            throw new AssertionError("x");
          }))
          .isInstanceOf(AssertionError.class);
    }

    var span = server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .filter(sent -> sent.getName().equals("root"))
        .findFirst()
        .orElseThrow();
    assertThat(span.getStatus().getMessage()).isEqualTo("IllegalStateException: boom é");
    assertThat(span.getStatus().getCodeValue()).isEqualTo(2);
    assertThat(span.getEvents(0).getName()).isEqualTo("exception");
    assertThat(span.getEvents(0).getAttributesList())
        .extracting(pair -> pair.getKey() + "="
            + pair.getValue().getStringValue().lines().findFirst().orElse(""))
        .containsExactlyInAnyOrder(
            "exception.message=boom é",
            "exception.type=IllegalStateException",
            "exception.stacktrace=java.lang.IllegalStateException: boom é");
    assertThat(span.getAttributesList())
        .filteredOn(pair -> pair.getKey().equals("mlflow.spanLogLevel"))
        .extracting(pair -> pair.getValue().getIntValue())
        .containsExactly(40L);
    assertThat(server.calls(START_TRACE))
        .extracting(call -> call.json().at("/trace/trace_info/state").asText())
        .containsExactly("ERROR", "ERROR");
  }

  @Test
  void secrets_ofAnyKind_areNotInLogsOrTexts() {
    server.always(START_TRACE, Answer.of(400, "{\"message\": \"token s3cr3t-token is not good\"}"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            Tracings.builder(server, false).token("s3cr3t-token").build()) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains("token *** is not good").doesNotContain("s3cr3t");
    }
    assertThat(server.calls())
        .allSatisfy(
            call -> assertThat(call.header("Authorization")).isEqualTo("Bearer s3cr3t-token"));
  }

  @Test
  void basicAuth_alone_isSentAndTokenWinsOverIt() {
    try (MlflowTracing tracing =
        Tracings.builder(server, false).basicAuth("user", "pass").build()) {
      tracing.tracer().trace("root", () -> {});
    }
    assertThat(server.calls())
        .allSatisfy(
            call -> assertThat(call.header("Authorization")).isEqualTo("Basic dXNlcjpwYXNz"));

    int before = server.calls().size();
    try (MlflowTracing tracing =
        Tracings.builder(server, false).basicAuth("user", "pass").token("t").build()) {
      tracing.tracer().trace("root", () -> {});
    }
    List<TrackingServerDouble.Call> later =
        server.calls().subList(before, server.calls().size());
    assertThat(later)
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.header("Authorization")).isEqualTo("Bearer t"));
  }

  @Test
  void redirect_toAnotherOrigin_isFollowedWithoutCredentials() {
    try (TrackingServerDouble other = new TrackingServerDouble();
        MlflowTracing tracing = Tracings.builder(server, false).token("t").build()) {
      server.always(
          START_TRACE, Answer.of(307, "").with("Location", other.uri() + "/api/3.0/mlflow/traces"));
      tracing.tracer().trace("root", () -> {});

      assertThat(other.calls(START_TRACE)).hasSize(1);
      assertThat(other.calls(START_TRACE).get(0).header("Authorization")).isEmpty();
      assertThat(other.calls(START_TRACE).get(0).text())
          .isEqualTo(server.calls(START_TRACE).get(0).text());
    }
  }

  @Test
  void redirect_thatWouldLoseTheBody_isAFailure() {
    server.always(START_TRACE, Answer.of(302, "").with("Location", server.uri() + "/login"));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains("was answered 302").contains("/login");
    }
    assertThat(server.calls("GET /login")).isEmpty();
  }

  @Test
  void attempt_serverSilent_endsAtItsTimeLimit() {
    server.hold(START_TRACE);
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.builder(server, true)
            .requestTimeout(Duration.ofMillis(200))
            .maxRetries(0)
            .build()) {
      tracing.tracer().trace("root", () -> {});

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(log.text()).contains("no complete answer within 200 ms");
    }
  }

  @Test
  void retryBudget_longRetryAfter_isNotWaitedFor() {
    server.always(START_TRACE, Answer.status(503).with("Retry-After", "600"));
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().trace("root", () -> {});

      // The default budget of 500 s does not hold a wait of 600 s.
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
    }
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void answer_withoutEnd_isCutOff() throws Exception {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.builder(server, false).maxRetries(0).build()) {
      server.always(START_TRACE, Answer.of(200, "x".repeat(20 << 20)));
      tracing.tracer().trace("root", () -> {});

      assertThat(log.text()).contains("the answer has more than 16777216 bytes");
    }
  }
}
