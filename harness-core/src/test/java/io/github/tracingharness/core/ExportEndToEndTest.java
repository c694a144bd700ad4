package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LINK_PROMPTS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static io.github.tracingharness.core.testing.TrackingServerDouble.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at a server, in both modes. */
@SuppressWarnings("try") // A span that is only started and ended.
class ExportEndToEndTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void export_serverWithSpanStore_storesSpansOnceBeforeTheInfo(boolean async) {
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      traceRootAndChild(tracing);
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(FlushResult.Status.SUCCESS);

      assertThat(server.calls(VERSION)).hasSize(1);
      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(server.calls(UPLOAD)).isEmpty();
      assertThat(server.calls(LINK_PROMPTS)).isEmpty();
      List<String> names = new ArrayList<>();
      server
          .calls(LOG_SPANS)
          .forEach(call -> call.spans().forEach(span -> names.add(span.getName())));
      assertThat(names).containsExactly("child", "root");
      assertThat(server.endpoints()).last().isEqualTo(START_TRACE);
      Call post = server.calls(LOG_SPANS).get(0);
      assertThat(post.header("x-mlflow-experiment-id")).isEqualTo("1");
      assertThat(post.header("Content-Type")).isEqualTo("application/x-protobuf");
      assertThat(post.header("Content-Length")).isEqualTo(Integer.toString(post.body().length));
      assertThat(post.header("User-Agent")).startsWith("mlflow-java-tracing-harness/");
      assertThat(post.header("X-MLflow-Client-Version")).isEqualTo("3.17.2");
      assertThat(post.header("Authorization")).isEmpty();
      assertThat(tracing.lastActiveTraceId())
          .hasValueSatisfying(id -> assertThat(id).matches("tr-[0-9a-f]{32}"));
      assertThat(info().path("trace_id").asText())
          .isEqualTo(tracing.lastActiveTraceId().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void export_serverWithoutSpanStore_uploadsAfterTheInfo(boolean async) {
    server.withoutSpanStore();
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      traceRootAndChild(tracing);
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(LOG_SPANS)).isEmpty();
      assertThat(server.endpoints())
          .containsExactly(
              VERSION,
              START_TRACE,
              UPLOAD + "1/traces/" + info().path("trace_id").asText() + "/artifacts/traces.json");
      JsonNode spans = server.calls(UPLOAD).get(0).json().path("spans");
      assertThat(spans).hasSize(2);
      assertThat(spans.get(0).path("name").asText()).isEqualTo("root");
      assertThat(spans.get(1).path("parent_span_id")).isEqualTo(spans.get(0).path("span_id"));
      JsonNode stats = read(info().at("/trace_metadata/mlflow.trace.sizeStats").asText());
      assertThat(stats.path("num_spans").asInt()).isEqualTo(2);
      assertThat(info().at("/trace_metadata/mlflow.trace.sizeBytes").asText())
          .isEqualTo(stats.path("total_size_bytes").asText());
    }
  }

  /**
   * Sizes of the first trace are counted by themselves, those of the second while its text is made.
   */
  @Test
  void export_severalUploads_eachSaysTheSizeOfItsSpan() {
    server.withoutSpanStore();
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      for (String text : List.of("first \u00fc", "second \ud83d\ude00 of another length")) {
        try (LiveSpan root = tracing.tracer().startSpan("root")) {
          root.setInputs(text);
        }
      }
    }

    for (int i = 0; i < 2; i++) {
      Map<?, ?> uploaded =
          (Map<?, ?>) PythonJson.loads(server.calls(UPLOAD).get(i).text());
      Object span = ((List<?>) uploaded.get("spans")).get(0);
      JsonNode info = server.calls(START_TRACE).get(i).json().at("/trace/trace_info");
      JsonNode stats = read(info.at("/trace_metadata/mlflow.trace.sizeStats").asText());
      assertThat(stats.path("max").asLong())
          .isEqualTo(PythonJson.dumpsAscii(span).length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.3.2", "3.4.0rc1", "no version"})
  void export_serverBefore34_uploads(String version) {
    server.version(version);
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(server.calls(LOG_SPANS)).isEmpty();
    assertThat(server.calls(UPLOAD)).hasSize(1);
  }

  @Test
  void export_failedProbe_isRepeatedForTheNextTrace() {
    server.next(VERSION, Answer.status(500));
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("first", () -> {});
      tracing.tracer().trace("second", () -> {});
      tracing.tracer().trace("third", () -> {});
    }

    assertThat(server.calls(VERSION)).hasSize(2);
    assertThat(server.calls(UPLOAD)).hasSize(1);
    assertThat(server.calls(LOG_SPANS)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void export_serverRefusesSpans501_neverSendsSpansAgain(boolean async) {
    server.always(
        LOG_SPANS, Answer.of(501, "{\"message\": \"REST OTLP span logging is not supported\"}"));
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      tracing.tracer().trace("first", () -> {});
      tracing.flush(Tracings.SOON);
      tracing.tracer().trace("second", () -> {});
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }

    assertThat(server.calls(LOG_SPANS)).hasSize(1);
    assertThat(server.calls(UPLOAD)).hasSize(2);
  }

  @Test
  void export_spansRefusedOnce_areSentAgainWithTheNext() {
    server.next(LOG_SPANS, Answer.status(400));
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      traceRootAndChild(tracing);
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
    }

    assertThat(server.calls(LOG_SPANS)).hasSize(2);
    assertThat(server.calls(LOG_SPANS).get(1).spans()).hasSize(2);
    assertThat(server.calls(UPLOAD)).isEmpty();
  }

  @Test
  void export_uriWithPrefixAndSlash_keepsThePrefixOnEveryPath() {
    try (TrackingServerDouble prefixed = new TrackingServerDouble("/r/a1b2");
        MlflowTracing tracing =
            Tracings.builder(prefixed, false).trackingUri(prefixed.uri() + "/").build()) {
      prefixed.withoutSpanStore();
      tracing.tracer().trace("root", () -> {});

      assertThat(prefixed.calls()).hasSize(3).noneMatch(call -> call.path().startsWith("outside"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void export_prompts_areTaggedAndLinkedOnce(boolean async) {
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        tracing
            .tracer()
            .currentTrace()
            .prompt(PromptVersion.of("test_prompt_1", 1))
            .prompt(PromptVersion.of("test_prompt_2", 2))
            .prompt(PromptVersion.of("test_prompt_1", 1));
      }
      tracing.flush(Tracings.SOON);

      assertThat(info().at("/tags/mlflow.linkedPrompts").asText())
          .isEqualTo(
              "[{\"name\": \"test_prompt_1\", \"version\": \"1\"}, {\"name\": \"test_prompt_2\", \"version\": \"2\"}]");
      assertThat(server.calls(LINK_PROMPTS)).hasSize(1);
      assertThat(server.calls(LINK_PROMPTS).get(0).text())
          .isEqualTo(
              "{\"trace_id\": \"%s\", \"prompt_versions\": [{\"name\": \"test_prompt_1\", \"version\": \"1\"}, {\"name\": \"test_prompt_2\", \"version\": \"2\"}]}"
                  .formatted(info().path("trace_id").asText()));
    }
  }

  @Test
  void export_manyPrompts_tagStaysJson() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        for (int i = 0; i < 300; i++) {
          root.trace().prompt(PromptVersion.of("prompt-" + i, i));
        }
      }
    }

    String tag = info().at("/tags/mlflow.linkedPrompts").asText();
    assertThat(tag.length()).isBetween(4000, 4096);
    assertThat(read(tag).isArray()).isTrue();
    assertThat(server.calls(LINK_PROMPTS).get(0).json().path("prompt_versions")).hasSize(300);
  }

  @Test
  void export_traceUpdates_standInTheInfo() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        tracing
            .tracer()
            .currentTrace()
            .tag("t".repeat(300), "v".repeat(5000))
            .tag("flag", true)
            .tag("mlflow.traceName", "hijack")
            .metadata("m".repeat(300), "w".repeat(300))
            .metadata("n", 1.5)
            .session("s-1")
            .user("u-1")
            .clientRequestId("req-1")
            .requestPreview("p".repeat(1500))
            .responsePreview("custom out")
            .state(TraceState.ERROR);
        root.setInputs("i".repeat(600)).setOutputs("o".repeat(249));
      }
    }

    JsonNode info = info();
    assertThat(info.path("tags").path("t".repeat(250)).asText()).isEqualTo("v".repeat(4096));
    assertThat(info.at("/tags/flag").asText()).isEqualTo("True");
    assertThat(info.at("/tags/mlflow.traceName").asText()).isEqualTo("root");
    assertThat(info.path("trace_metadata").path("m".repeat(250)).asText())
        .isEqualTo("w".repeat(250));
    assertThat(info.at("/trace_metadata/n").asText()).isEqualTo("1.5");
    assertThat(info.at("/trace_metadata/mlflow.trace.session").asText()).isEqualTo("s-1");
    assertThat(info.at("/trace_metadata/mlflow.trace.user").asText()).isEqualTo("u-1");
    assertThat(info.at("/trace_metadata/mlflow.traceInputs").asText())
        .isEqualTo("\"" + "i".repeat(246) + "...");
    assertThat(info.at("/trace_metadata/mlflow.traceOutputs").asText())
        .isEqualTo("\"" + "o".repeat(246) + "...");
    assertThat(info.path("client_request_id").asText()).isEqualTo("req-1");
    assertThat(info.path("request_preview").asText()).hasSize(1500);
    assertThat(info.path("response_preview").asText()).isEqualTo("custom out");
    assertThat(info.path("state").asText()).isEqualTo("ERROR");
  }

  @Test
  void export_rootWithoutInputs_hasNoPreviewsAndEmptyMetadata() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(info().has("request_preview")).isFalse();
    assertThat(info().has("response_preview")).isFalse();
    assertThat(info().at("/trace_metadata/mlflow.traceInputs").asText()).isEmpty();
    assertThat(info().at("/trace_metadata/mlflow.trace_schema.version").asText())
        .isEqualTo("3");
  }

  @Test
  void export_status_followsTheRecordedRules() {
    try (MlflowTracing tracing = Tracings.start(server, false)) {
      try (LiveSpan span = tracing.tracer().startSpan("error then ok")) {
        span.setStatus(SpanStatusCode.ERROR, "x").setStatus(SpanStatusCode.OK, null);
      }
      try (LiveSpan span = tracing.tracer().startSpan("described")) {
        span.setStatus(SpanStatusCode.ERROR, "why");
      }
      try (LiveSpan span = tracing.tracer().startSpan("child error")) {
        try (LiveSpan child = tracing.tracer().startSpan("child")) {
          child.setStatus(SpanStatusCode.ERROR, null);
        }
        assertThat(span.traceId()).startsWith("tr-");
      }
      try (LiveSpan span = tracing.tracer().startSpan("overridden")) {
        span.setStatus(SpanStatusCode.ERROR, "").trace().state(TraceState.OK);
      }
    }

    assertThat(server.calls(START_TRACE))
        .extracting(call -> call.json().at("/trace/trace_info/state").asText())
        .containsExactly("OK", "ERROR", "OK", "OK");
    assertThat(server.calls(LOG_SPANS).get(1).spans().get(0).getStatus().getMessage())
        .isEqualTo("why");
  }

  @Test
  void export_valuesThatBreakOthers_arriveAndLoseNoSpan() {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      try (LiveSpan root = tracing.tracer().startSpan("ro\ud800ot")) {
        root.setInputs(Map.of("bad", "x\ud800y"));
        root.setAttribute("big", BigInteger.TWO.pow(70));
        root.setAttribute("nan", Double.NaN);
        root.setAttribute("cyclic", cyclic);
        root.setAttribute("k\udc00", 1);
        root.otelSpan().setAttribute("native", "n\udc00");
        root.addEvent("e\ud800", Map.of("v\ud800", "\udc00"));
        root.trace().tag("t\ud800", "\ud800");
        for (int i = 0; i < 200; i++) {
          root.setAttribute("k" + i, i);
          root.addEvent("event", Map.of("i", i));
        }
        root.setOutputs(Double.POSITIVE_INFINITY);
      }
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
    }

    var span = server.calls(LOG_SPANS).get(0).spans().get(0);
    assertThat(span.getName()).isEqualTo("ro?ot");
    assertThat(span.getEventsCount()).isEqualTo(201);
    assertThat(span.getAttributesCount()).isGreaterThan(200);
    assertThat(info().at("/trace_metadata/mlflow.traceInputs").asText())
        .isEqualTo("{\"bad\": \"x?y\"}");
    assertThat(info().at("/tags/t?").asText()).isEqualTo("?");
    assertThat(info().path("response_preview").asText()).isEqualTo("Infinity");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void export_workspace_isNamedOnEveryRequest(boolean async) {
    server.withoutSpanStore();
    try (MlflowTracing tracing = Tracings.builder(server, async)
        .environment(Map.of("MLFLOW_WORKSPACE", "team-a"))
        .build()) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(server.calls())
        .hasSize(3)
        .allSatisfy(call -> assertThat(call.header("X-MLFLOW-WORKSPACE")).isEqualTo("team-a"));
  }

  private static void traceRootAndChild(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.setInputs(Map.of("x", "hello"));
      try (LiveSpan child = tracing.tracer().startSpan("child")) {
        child.setInputs("dummy").addEvent("child_event", Map.of("attr1", "val1"));
      }
      tracing.tracer().currentTrace().tag("foo", "bar");
    }
  }

  private JsonNode info() {
    return server.calls(START_TRACE).get(0).json().at("/trace/trace_info");
  }

  private static JsonNode read(String json) {
    return new Call("", "", "", Map.of(), json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .json();
  }
}
