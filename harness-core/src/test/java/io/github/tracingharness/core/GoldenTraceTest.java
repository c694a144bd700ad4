package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.testing.FixedIds;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The trace that was recorded from MLflow's Python client with fixed ids and times, made again by
 * this tracer.
 */
class GoldenTraceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long T = 1_700_000_000_000_000_000L;

  /**
   * The recording shows a shortened path, but its sizes count the 26 characters that were left out.
   */
  private static final String SOURCE_NAME = "/app/" + "-".repeat(26) + "deterministic.py";

  private static final List<String> PROCESS_FACTS = List.of(
      "mlflow.user",
      "mlflow.source.git.commit",
      "mlflow.source.git.branch",
      "mlflow.source.git.repoURL");

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void startTraceAndUpload_recordedTrace_equalRecording() throws Exception {
    server.withoutSpanStore();

    traceRecordedProgram(false);

    assertThat(server.calls(START_TRACE)).hasSize(1);
    assertThat(server.calls(START_TRACE).get(0).json()).isEqualTo(recordedStartTrace());
    assertThat(server.calls(UPLOAD)).hasSize(1);
    assertThat(server.calls(UPLOAD).get(0).json()).isEqualTo(read("deterministic-traces.json"));
    assertThat(server.calls(UPLOAD).get(0).body()).hasSize(2970);
  }

  @Test
  void logSpans_recordedTrace_parsedByGeneratedClassesAsTypedValues() throws Exception {
    traceRecordedProgram(false);

    List<Span> spans =
        server.calls(LOG_SPANS).stream().flatMap(call -> call.spans().stream()).toList();
    assertThat(spans)
        .extracting(Span::getName)
        .containsExactly("child0", "child1", "child2", "child3", "root é");
    Span root = spans.get(4);
    assertThat(hex(root.getTraceId().toByteArray())).isEqualTo("5e6f33d199b1d244a573942498a4a201");
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(root.getStartTimeUnixNano()).isEqualTo(T + 123_456);
    assertThat(root.getEndTimeUnixNano()).isEqualTo(T + 1_234_567_890);
    assertThat(root.getStatus().getCodeValue()).isEqualTo(1);
    Map<String, AnyValue> attributes = attributes(root.getAttributesList());
    assertThat(attributes.keySet())
        .containsExactly(
            "mlflow.spanStartTimeNs",
            "mlflow.traceRequestId",
            "mlflow.spanType",
            "mlflow.spanInputs",
            "k",
            "mlflow.spanOutputs",
            "mlflow.spanLogLevel");
    assertThat(attributes.get("mlflow.spanStartTimeNs").getIntValue()).isEqualTo(T + 123_456);
    assertThat(attributes.get("mlflow.spanType").getStringValue()).isEqualTo("CHAIN");
    Map<String, AnyValue> inputs =
        attributes(attributes.get("mlflow.spanInputs").getKvlistValue().getValuesList());
    assertThat(inputs.get("q").getStringValue()).isEqualTo("café € 😀");
    assertThat(inputs.get("n").getIntValue()).isEqualTo(1);
    List<AnyValue> items = attributes(attributes.get("k").getKvlistValue().getValuesList())
        .get("a")
        .getArrayValue()
        .getValuesList();
    assertThat(items)
        .extracting(AnyValue::getValueCase)
        .containsExactly(
            AnyValue.ValueCase.INT_VALUE,
            AnyValue.ValueCase.DOUBLE_VALUE,
            AnyValue.ValueCase.VALUE_NOT_SET,
            AnyValue.ValueCase.BOOL_VALUE);
    assertThat(root.getEvents(0).getTimeUnixNano()).isEqualTo(T + 1_000_000);
    Map<String, AnyValue> event = attributes(root.getEvents(0).getAttributesList());
    assertThat(event.get("i").getIntValue()).isEqualTo(7);
    assertThat(event.get("s").getStringValue()).isEqualTo("x");
    assertThat(hex(spans.get(0).getParentSpanId().toByteArray())).isEqualTo("d452341f19d9de2b");
  }

  @Test
  void asynchronousExport_recordedTrace_equalsRecording() throws Exception {
    server.withoutSpanStore();

    traceRecordedProgram(true);

    assertThat(server.calls(START_TRACE).get(0).json()).isEqualTo(recordedStartTrace());
    assertThat(server.calls(UPLOAD).get(0).json()).isEqualTo(read("deterministic-traces.json"));
  }

  private static JsonNode recordedStartTrace() throws IOException {
    JsonNode recorded = read("deterministic-start-trace.json");
    ((ObjectNode) recorded.at("/trace/trace_info/trace_metadata"))
        .put("mlflow.source.name", SOURCE_NAME);
    return recorded;
  }

  private void traceRecordedProgram(boolean async) throws IOException {
    JsonNode facts = read("deterministic-start-trace.json").at("/trace/trace_info/trace_metadata");
    FixedIds ids = new FixedIds(
        "5e6f33d199b1d244a573942498a4a201",
        "d452341f19d9de2b",
        "ad36101faf4ef616",
        "23a85c6403d4b041",
        "b58708926c65a6f1",
        "32e97956c6eee6ce");
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(server.uri())
        .experimentId("123")
        .asyncExport(async)
        .idGenerator(ids)
        .build()) {
      MlflowTracer tracer = tracing.tracer();
      Map<String, Object> inputs = new LinkedHashMap<>();
      inputs.put("q", "café € 😀");
      inputs.put("n", 1);
      LiveSpan root = tracer
          .spanBuilder("root é")
          .type(SpanType.CHAIN)
          .inputs(inputs)
          .attribute("k", Map.of("a", Arrays.asList(1, 2.5, null, true)))
          .startTime(T + 123_456)
          .startDetachedSpan();
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("s", "x");
      event.put("i", 7);
      root.addEvent("ev", event, T + 1_000_000);
      for (int i = 0; i < 4; i++) {
        LiveSpan child = tracer
            .spanBuilder("child" + i)
            .parent(root)
            .type(SpanType.TOOL)
            .inputs("x".repeat(10 * i))
            .startTime(T + 2_000_000 + i)
            .startDetachedSpan();
        child.setOutputs(Collections.nCopies(i, "y"));
        child.end(T + 3_000_000 + i);
      }
      root.trace().tag("foo", "bar").metadata("long", "m".repeat(400));
      // What Python finds out about its process cannot be the same here.
      root.trace().metadata("mlflow.source.name", SOURCE_NAME);
      PROCESS_FACTS.forEach(key -> root.trace().metadata(key, facts.path(key).asText()));
      root.setOutputs(Map.of("answer", "ok"));
      root.end(T + 1_234_567_890);
    }
  }

  private static Map<String, AnyValue> attributes(List<KeyValue> pairs) {
    Map<String, AnyValue> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
    return map;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = GoldenTraceTest.class.getResourceAsStream("/golden/" + name)) {
      return JSON.readTree(Objects.requireNonNull(in, name));
    }
  }
}
