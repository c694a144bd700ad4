package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.UC_INFO;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UC_SPANS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.testing.FixedIds;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceLocation.Experiment;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of Unity Catalog: what is sent where, in which batches, and what becomes of it. */
@SuppressWarnings("try") // A span that is only started and ended.
class UnityCatalogTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TraceLocation SCHEMA = new UcSchema("catalog", "schema");
  private static final TraceLocation PREFIX =
      new UcTablePrefix("catalog", "schema", "app", "catalog.schema.app_otel_spans");
  private static final Duration NEVER = Duration.ofHours(1);

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  private MlflowTracing.Builder builder(boolean async) {
    return Tracings.builder(server, async).destination(SCHEMA).maxBatchInterval(NEVER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trace_recordedProgram_isSentAsRecorded(boolean async) throws Exception {
    try (MlflowTracing tracing = builder(async)
        .idGenerator(new FixedIds(
            "b391f2ce929f4b160522a2803e2171d2", "0b5e3094867907c7", "fc99b93901740d11"))
        .build()) {
      LiveSpan root = tracing
          .tracer()
          .spanBuilder("root")
          .inputs(Map.of("q", "hello"))
          .startTime(1_795_362_756_208_221_882L)
          .startSpan();
      root.trace().tag("foo", "bar").user("me").session("sess");
      tracing.tracer().spanBuilder("child0").inputs(0).startSpan().end(1_795_362_756_258_780_295L);
      root.setOutputs("bye").end(1_795_362_757_435_771_308L);
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);

      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
    }

    assertThat(server.calls()).hasSize(async ? 2 : 3);
    assertThat(server.calls(UC_SPANS))
        .allSatisfy(call -> assertThat(call.header("X-Databricks-UC-Table-Name"))
            .isEqualTo("catalog.schema.mlflow_experiment_trace_otel_spans"));
    List<Span> spans = spans();
    assertThat(spans).extracting(Span::getName).containsExactly("child0", "root");
    assertThat(keys(spans.get(0))).doesNotContain("user.id", "session.id");
    assertThat(keys(spans.get(1))).endsWith("mlflow.spanLogLevel", "user.id", "session.id");
    assertThat(attribute(spans.get(1), "user.id")).isEqualTo("me");
    assertThat(attribute(spans.get(1), "session.id")).isEqualTo("sess");
    assertThat(spans)
        .allSatisfy(span -> assertThat(attribute(span, "mlflow.traceRequestId"))
            .isEqualTo("trace:/catalog.schema/b391f2ce929f4b160522a2803e2171d2"));
    Call info = server.calls(UC_INFO).get(0);
    assertThat(info.path())
        .isEqualTo("/api/4.0/mlflow/traces/catalog.schema/b391f2ce929f4b160522a2803e2171d2/info");
    JsonNode body = info.json();
    assertThat(body.path("trace_id").asText()).isEqualTo("b391f2ce929f4b160522a2803e2171d2");
    assertThat(body.path("trace_location")).isEqualTo(JSON.readTree("""
                {"type": "UC_SCHEMA", "uc_schema": {"catalog_name": "catalog",
                "schema_name": "schema",
                "otel_spans_table_name": "mlflow_experiment_trace_otel_spans",
                "otel_logs_table_name": "mlflow_experiment_trace_otel_logs"}}"""));
    assertThat(body.path("request_time").asText()).isEqualTo("2026-11-22T15:52:36.208Z");
    assertThat(body.path("execution_duration").asText()).isEqualTo("1.227s");
    assertThat(body.path("request_preview").asText()).isEqualTo("{\"q\": \"hello\"}");
    assertThat(body.path("response_preview").asText()).isEqualTo("\"bye\"");
    assertThat(body.at("/tags/mlflow.traceName").asText()).isEqualTo("root");
    JsonNode metadata = body.path("trace_metadata");
    assertThat(metadata.path("mlflow.trace_schema.version").asText()).isEqualTo("4");
    assertThat(metadata.path("mlflow.trace.user").asText()).isEqualTo("me");
    // The recording has 556 and 478 bytes for its two spans; our root also says that its start
    // time was given: 53 bytes.
    assertThat(JSON.readTree(metadata.path("mlflow.trace.sizeStats").asText())
            .path("max")
            .asInt())
        .isEqualTo(556 + ", \"mlflow.spanStartTimeNs\": \"1795362756208221882\"".length());
  }

  @Test
  void trace_tablePrefix_goesToTheTableThatTheServerNamed() {
    try (MlflowTracing tracing = builder(true).destination(PREFIX).build()) {
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.lastActiveTraceId().orElseThrow())
          .startsWith("trace:/catalog.schema.app/");
    }

    assertThat(tables()).containsExactly("catalog.schema.app_otel_spans");
    Call info = server.calls(UC_INFO).get(0);
    assertThat(info.path()).startsWith("/api/4.0/mlflow/traces/catalog.schema.app/");
    assertThat(
            info.json().at("/trace_location/uc_table_prefix/spans_table_name").asText())
        .isEqualTo("catalog.schema.app_otel_spans");
  }

  @Test
  void preview_ofALongRequest_has10000Characters() {
    try (MlflowTracing tracing = builder(true).build()) {
      tracing
          .tracer()
          .spanBuilder("root")
          .inputs("x".repeat(20_000))
          .startSpan()
          .end();
    }

    assertThat(server.calls(UC_INFO).get(0).json().path("request_preview").asText())
        .hasSize(10_000)
        .endsWith("...");
  }

  @Test
  void batch_full_isSentLongBeforeTheInterval() throws Exception {
    try (MlflowTracing tracing = builder(true).maxSpanBatchSize(5).build()) {
      trace(tracing, 4);
      trace(tracing, 1);
      server.awaitArrivals(UC_SPANS, 1);

      // Had the first four been sent without the fifth, there would be another call.
      assertThat(batchSizes()).containsExactly(5);
    }
    assertThat(server.calls(UC_SPANS)).hasSize(1);
  }

  @Test
  void batch_notFull_isSentAfterTheInterval() throws Exception {
    try (MlflowTracing tracing = builder(true)
        .maxSpanBatchSize(10)
        .maxBatchInterval(Duration.ofMillis(100))
        .build()) {
      trace(tracing, 1);
      server.awaitArrivals(UC_SPANS, 1);

      assertThat(batchSizes()).containsExactly(1);
    }
  }

  @Test
  void flush_partOfABatch_isSent() {
    try (MlflowTracing tracing = builder(true).build()) {
      trace(tracing, 3);
      assertThat(server.calls(UC_SPANS)).isEmpty();
      tracing.flush(Tracings.SOON);

      assertThat(batchSizes()).containsExactly(3);
    }
    assertThat(server.calls(UC_SPANS)).hasSize(1);
  }

  @Test
  void batches_25SpansOf5Threads_areFullButTheLast() throws Exception {
    try (MlflowTracing tracing = builder(true).maxSpanBatchSize(10).build()) {
      CyclicBarrier start = new CyclicBarrier(5);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Thread thread = new Thread(() -> {
          await(start);
          trace(tracing, 5);
        });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      tracing.flush(Tracings.SOON);

      assertThat(batchSizes()).containsExactlyInAnyOrder(10, 10, 5);
      assertThat(spans()).extracting(Span::getSpanId).doesNotHaveDuplicates().hasSize(25);
    }
    assertThat(server.calls(UC_SPANS)).hasSize(3);
  }

  @Test
  void batchSizeOne_sendsEachSpanAtOnce() throws Exception {
    try (MlflowTracing tracing = builder(true).maxSpanBatchSize(1).build()) {
      trace(tracing, 3);
      server.awaitArrivals(UC_SPANS, 3);

      assertThat(batchSizes()).containsExactly(1, 1, 1);
    }
  }

  @Test
  void batch_ofTwoLocations_isSplitInFirstSeenOrder() {
    try (MlflowTracing tracing = builder(true).maxWorkers(1).build()) {
      trace(tracing, 2);
      tracing.setDestination(PREFIX);
      trace(tracing, 3);
      tracing.flush(Tracings.SOON);

      assertThat(batchSizes()).containsExactly(2, 3);
      assertThat(tables())
          .containsExactly(
              "catalog.schema.mlflow_experiment_trace_otel_spans", "catalog.schema.app_otel_spans");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void openTrace_destinationChanges_staysWhereItIs(boolean async) {
    try (MlflowTracing tracing = builder(async).build()) {
      LiveSpan root = tracing.tracer().startSpan("root");
      tracing.setDestination(new Experiment("7"));
      tracing.tracer().startSpan("child").end();
      root.end();
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(spans()).hasSize(2);
      assertThat(server.calls(UC_INFO)).hasSize(1);
      assertThat(server.calls(TrackingServerDouble.START_TRACE)).isEmpty();
    }
  }

  @Test
  void flush_severalDestinations_drainsAllOfThem() {
    try (MlflowTracing tracing = builder(true).build()) {
      trace(tracing, 1);
      tracing.setDestination(PREFIX);
      trace(tracing, 1);
      tracing.setDestination(new Experiment("7"));
      trace(tracing, 1);

      assertThat(tracing.flush(Tracings.SOON).tracesDelivered()).isEqualTo(3);
      assertThat(server.calls(UC_SPANS)).hasSize(2);
      assertThat(server.calls(TrackingServerDouble.LOG_SPANS)).hasSize(1);
    }
  }

  @Test
  void useDestination_inItsScope_winsOverThePipelines() {
    try (MlflowTracing tracing = builder(true).build()) {
      try (Scope scope = tracing.tracer().useDestination(new Experiment("7"))) {
        trace(tracing, 1);
        tracing.setDestination(PREFIX);
        trace(tracing, 1);
      }
      trace(tracing, 1);
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(TrackingServerDouble.START_TRACE))
          .hasSize(2)
          .allSatisfy(call -> assertThat(call.json()
                  .at("/trace/trace_info/trace_location/mlflow_experiment/experiment_id")
                  .asText())
              .isEqualTo("7"));
      assertThat(tables()).containsExactly("catalog.schema.app_otel_spans");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void spansRejected_areWarnedOfOnceAndLeaveTheInfoAlone(boolean async) {
    server.always(UC_SPANS, Answer.status(400));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = builder(async).maxSpanBatchSize(1).build()) {
      trace(tracing, 3);
      FlushResult result = tracing.flush(Tracings.SOON);

      assertThat(result.status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.stats().spans().dropped())
          .containsExactly(Map.entry(DropReason.SPANS_REJECTED, 3L));
      assertThat(tracing.stats().traces().delivered()).isEqualTo(3);
      assertThat(log.lines("Failed to log spans to the trace server"))
          .singleElement()
          .asString()
          .contains("WARN", "scripted 400", "catalog.schema.mlflow_experiment_trace_otel_spans");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void infoRejected_spansArriveAndNoPromptIsLinked(boolean async) {
    server.always(UC_INFO, Answer.status(400));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = builder(async).build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.trace().prompt(PromptVersion.of("p", 1));
      }
      tracing.flush(Tracings.SOON);

      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.START_TRACE_FAILED, 1L));
      assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
      assertThat(log.lines("Failed to send trace to MLflow backend")).hasSize(1);
      assertThat(server.endpoints()).noneMatch(endpoint -> endpoint.contains("link"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void prompts_ofADeliveredTrace_areLinked(boolean async) {
    try (MlflowTracing tracing = builder(async).build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.trace().prompt(PromptVersion.of("p", 1));
      }
      tracing.flush(Tracings.SOON);

      // Spans travel on their own, before or after.
      assertThat(server.endpoints()).filteredOn(one -> one.contains("link")).hasSize(1);
      assertThat(server
              .calls(UC_INFO)
              .get(0)
              .json()
              .at("/tags/mlflow.linkedPrompts")
              .asText())
          .isEqualTo("[{\"name\": \"p\", \"version\": \"1\"}]");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leakedChild_afterAFlush_doesNotHoldBackTheTrace(boolean async) {
    try (MlflowTracing tracing = builder(async).build()) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(UC_INFO)).hasSize(1);
      assertThat(spans()).extracting(Span::getName).containsExactly("root");
      child.end();
      tracing.flush(Tracings.SOON);

      assertThat(server.calls(UC_INFO)).hasSize(1);
      assertThat(spans()).extracting(Span::getName).containsExactly("root", "child");
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
  }

  @Test
  void queueFull_spansWaitInTheBatcherAndTheRestIsDroppedAndCounted() throws Exception {
    server.hold(UC_SPANS);
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            builder(true).maxSpanBatchSize(2).maxQueueSize(3).maxWorkers(1).build()) {
      LiveSpan root = tracing.tracer().startSpan("root");
      for (int i = 0; i < 2; i++) {
        tracing.tracer().startSpan("child").end();
      }
      server.awaitArrivals(UC_SPANS, 1);
      for (int i = 0; i < 50; i++) {
        tracing.tracer().startSpan("child").end();
      }
      server.release(UC_SPANS);
      tracing.flush(Tracings.SOON);
      root.end();
      tracing.flush(Tracings.SOON);

      Counts spans = tracing.stats().spans();
      assertThat(spans.created()).isEqualTo(53);
      assertThat(spans.pending()).isZero();
      assertThat(spans.dropped()).containsOnlyKeys(DropReason.QUEUE_FULL);
      // One batch is being sent and six spans wait; two of these count twice while they are taken.
      // The root comes afterwards.
      assertThat(spans.delivered())
          .isBetween(2L + 4 + 1, 2L + 6 + 1)
          .isEqualTo(spans().size());
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(log.lines("spans discarded")).isNotEmpty();
    }
  }

  @Test
  void shutdown_serverSilent_endsInTimeAndAccountsForAll() throws Exception {
    server.hold(UC_SPANS).hold(UC_INFO);
    MlflowTracing tracing =
        builder(true).maxSpanBatchSize(2).maxQueueSize(4).maxWorkers(1).build();
    trace(tracing, 9);

    FlushResult result = tracing.shutdown(Duration.ofMillis(200));

    assertThat(result.status()).isEqualTo(Status.TIMEOUT);
    assertThat(tracing.stats().spans().created()).isEqualTo(9);
    assertThat(tracing.stats().spans().pending()).isZero();
    assertThat(tracing.stats().traces().pending()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("mlflow-span-batcher"));
  }

  @Test
  void exitOfTheJvm_partOfABatch_arrives() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ExitProgram.class.getName(),
            server.uri())
        .redirectErrorStream(true)
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue())
        .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(7);
    assertThat(batchSizes()).containsExactly(3);
    assertThat(server.calls(UC_INFO)).hasSize(3);
  }

  /** Traces and exits at once. */
  static final class ExitProgram {

    private ExitProgram() {}

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
      MlflowTracing tracing = MlflowTracing.builder()
          .environment(Map.of("MLFLOW_TRACING_DESTINATION", "catalog.schema"))
          .trackingUri(arguments[0])
          .maxBatchInterval(NEVER)
          .build();
      trace(tracing, 3);
      System.exit(7);
    }
  }

  @Test
  void destination_threeParts_isRefused() {
    assertThatThrownBy(() -> Tracings.builder(server, true)
            .environment(Map.of("MLFLOW_TRACING_DESTINATION", "a.b.c"))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MLFLOW_TRACING_DESTINATION is \"a.b.c\" but must be the id of an experiment,"
            + " for example 123, or <catalog>.<schema> of Unity Catalog; a table prefix can be"
            + " given to the builder only.");
  }

  @Test
  void destination_number_isAnExperimentAndWinsOverTheExperimentId() {
    try (MlflowTracing tracing = Tracings.builder(server, true)
        .environment(Map.of("MLFLOW_TRACING_DESTINATION", "123"))
        .build()) {
      trace(tracing, 1);
    }

    assertThat(server.calls(TrackingServerDouble.LOG_SPANS).get(0).header("x-mlflow-experiment-id"))
        .isEqualTo("123");
  }

  private static void trace(MlflowTracing tracing, int count) {
    for (int i = 0; i < count; i++) {
      tracing.tracer().trace("root", () -> {});
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<Span> spans() {
    return server.calls(UC_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .toList();
  }

  private List<Integer> batchSizes() {
    return server.calls(UC_SPANS).stream().map(call -> call.spans().size()).toList();
  }

  private List<String> tables() {
    return server.calls(UC_SPANS).stream()
        .map(call -> call.header("X-Databricks-UC-Table-Name"))
        .toList();
  }

  private static List<String> keys(Span span) {
    return span.getAttributesList().stream().map(KeyValue::getKey).toList();
  }

  private static String attribute(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(pair -> pair.getKey().equals(key))
        .map(pair -> pair.getValue().getStringValue())
        .findFirst()
        .orElseThrow();
  }
}
