package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.TraceLocation.Experiment;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces that go through OpenTelemetry's own exporter. */
@SuppressWarnings("try") // A span that is only started and ended.
class OtlpExportTest {

  private static final String OTLP = "POST /otlp/v1/traces";

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", server.uri() + "/otlp/");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private MlflowTracing start(boolean async, String... more) {
    return Tracings.builder(server, async).environment(environment(more)).build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trace_endpointSet_goesThereAloneInTheFormOfMlflow(boolean async) {
    try (MlflowTracing tracing = start(async)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.trace().tag("team", "x").tag("mlflow.hidden", "y");
        LiveSpan child = tracing.tracer().spanBuilder("llm").type("LLM").startSpan();
        child.setInputs(Map.of("n", 1)).addEvent("ev", Map.of("a", 1)).end();
        root.setOutputs("bye");
      }
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);

      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(tracing.stats().traces().pending()).isZero();
    }

    assertThat(server.endpoints()).containsOnly(OTLP);
    List<Span> spans = spans();
    assertThat(spans).extracting(Span::getName).containsExactly("llm", "root");
    assertThat(spans).allSatisfy(span -> {
      assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
      assertThat(span.getStatus().getCodeValue()).isEqualTo(1);
    });
    Map<String, AnyValue> child = attributes(spans.get(0).getAttributesList());
    assertThat(child.keySet())
        .containsExactlyInAnyOrder(
            "mlflow.traceRequestId", "mlflow.spanType", "mlflow.spanInputs", "mlflow.spanLogLevel");
    assertThat(child.get("mlflow.spanType").getStringValue()).isEqualTo("\"LLM\"");
    assertThat(child.get("mlflow.spanInputs").getStringValue()).isEqualTo("{\"n\": 1}");
    assertThat(child.get("mlflow.spanLogLevel").getStringValue()).isEqualTo("20");
    assertThat(child.get("mlflow.traceRequestId").getStringValue()).startsWith("\"tr-");
    assertThat(
            attributes(spans.get(0).getEvents(0).getAttributesList()).get("a").getIntValue())
        .isEqualTo(1);
    Map<String, AnyValue> root = attributes(spans.get(1).getAttributesList());
    assertThat(root.get("mlflow.traceTag.team").getStringValue()).isEqualTo("x");
    assertThat(root).doesNotContainKeys("mlflow.traceTag.mlflow.hidden");
    assertThat(request(server.calls(OTLP).get(0))
            .getResourceSpans(0)
            .getScopeSpans(0)
            .getScope()
            .getName())
        .isEqualTo("mlflow.tracing.provider");
  }

  @Test
  void trace_nativeSpan_keepsKindAndTypes() {
    try (MlflowTracing tracing = start(true)) {
      tracing
          .openTelemetry()
          .getTracer("app")
          .spanBuilder("native")
          .setSpanKind(SpanKind.CLIENT)
          .setAttribute("n", 5)
          .setAttribute("s", "5")
          .startSpan()
          .end();
    }

    Span span = spans().get(0);
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStatus().getCodeValue()).isZero();
    Map<String, AnyValue> attributes = attributes(span.getAttributesList());
    assertThat(attributes.get("n").getIntValue()).isEqualTo(5);
    assertThat(attributes.get("s").getStringValue()).isEqualTo("5");
    assertThat(attributes.get("mlflow.spanType").getStringValue()).isEqualTo("null");
  }

  @Test
  void tracesEndpoint_isUsedAsItIs() {
    try (MlflowTracing tracing =
        start(false, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.uri() + "/some/where")) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(server.endpoints()).containsExactly("POST /some/where");
  }

  @Test
  void openTelemetrysSettings_areHonoured() {
    try (MlflowTracing tracing = start(
        true,
        "OTEL_EXPORTER_OTLP_HEADERS",
        "x-mlflow-experiment-id=7, api-key=a%20b",
        "OTEL_EXPORTER_OTLP_COMPRESSION",
        "gzip",
        "OTEL_SERVICE_NAME",
        "my-svc",
        "OTEL_RESOURCE_ATTRIBUTES",
        "service.name=other,deployment.environment=test")) {
      tracing.tracer().trace("root", () -> {});
    }

    Call call = server.calls(OTLP).get(0);
    assertThat(call.header("x-mlflow-experiment-id")).isEqualTo("7");
    assertThat(call.header("api-key")).isEqualTo("a b");
    assertThat(call.header("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(call.header("Content-Encoding")).isEqualTo("gzip");
    Map<String, AnyValue> resource =
        attributes(request(call).getResourceSpans(0).getResource().getAttributesList());
    assertThat(resource.get("service.name").getStringValue()).isEqualTo("my-svc");
    assertThat(resource.get("deployment.environment").getStringValue()).isEqualTo("test");
  }

  @Test
  void destination_named_winsOverTheEndpoint() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = start(true, "MLFLOW_TRACING_DESTINATION", "7")) {
      tracing.tracer().trace("root", () -> {});
      assertThat(log.lines("MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT")).hasSize(1);
    }

    assertThat(server.calls(OTLP)).isEmpty();
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void destination_namedLater_winsForTheTracesThatFollow() {
    try (MlflowTracing tracing = start(true)) {
      tracing.tracer().trace("root", () -> {});
      try (Scope scope = tracing.tracer().useDestination(new Experiment("7"))) {
        tracing.tracer().trace("root", () -> {});
      }
      tracing.flush(Tracings.SOON);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(2);
    }

    assertThat(spans()).hasSize(1);
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void otlpSwitchedOff_endpointIsIgnored() {
    try (MlflowTracing tracing = start(true, "MLFLOW_ENABLE_OTLP_EXPORTER", "false")) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(server.calls(OTLP)).isEmpty();
    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"false,", "true,", "false,7", "true,7"})
  void dualExport_sendsBothAndCountsTheCopiesApart(boolean async, String destination) {
    List<String> more = new ArrayList<>(List.of("MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT", "true"));
    if (destination != null) {
      more.addAll(List.of("MLFLOW_TRACING_DESTINATION", destination));
    }
    try (MlflowTracing tracing = start(async, more.toArray(String[]::new))) {
      tracing.tracer().trace("root", () -> tracing.tracer().startSpan("child").end());
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(spans()).hasSize(2);
      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(server.calls(LOG_SPANS)).isNotEmpty();
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(tracing.otlpCopies().created()).isEqualTo(2);
      assertThat(tracing.otlpCopies().delivered()).isEqualTo(2);
    }
  }

  @Test
  void dualExport_copiesLost_isAFailureOfTheFlush() {
    server.always(OTLP, Answer.status(400));
    try (MlflowTracing tracing = start(true, "MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT", "true")) {
      tracing.tracer().trace("root", () -> {});

      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);
      assertThat(tracing.otlpCopies().dropped())
          .containsExactly(Map.entry(DropReason.SPANS_REJECTED, 1L));
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      tracing.tracer().startSpan("open");
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.SUCCESS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endpointRefuses_isCountedAndWarnedOfOnce(boolean async) {
    server.always(OTLP, Answer.status(400));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            start(async, "MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE", "1")) {
      for (int i = 0; i < 3; i++) {
        tracing.tracer().trace("root", () -> {});
      }
      assertThat(tracing.flush(Tracings.SOON).status()).isEqualTo(Status.FAILURE);

      assertThat(tracing.stats().spans().dropped())
          .containsExactly(Map.entry(DropReason.SPANS_REJECTED, 3L));
      assertThat(tracing.stats().traces().dropped())
          .containsExactly(Map.entry(DropReason.SPANS_REJECTED, 3L));
      assertThat(log.lines("Failed to log spans to the trace server")).hasSize(1);
    }
  }

  @Test
  void leakedChild_afterAFlush_doesNotHoldBackTheTrace() {
    try (MlflowTracing tracing = start(true)) {
      LiveSpan root = tracing.tracer().spanBuilder("root").startDetachedSpan();
      LiveSpan child = tracing.tracer().spanBuilder("child").parent(root).startDetachedSpan();
      root.end();
      tracing.flush(Tracings.SOON);

      assertThat(spans()).extracting(Span::getName).containsExactly("root");
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      child.end();
      tracing.flush(Tracings.SOON);
      assertThat(spans()).hasSize(2);
      assertThat(tracing.stats().spans().delivered()).isEqualTo(2);
    }
  }

  @Test
  void shutdown_endpointSilent_endsInTimeAndAccountsForAll() throws Exception {
    server.hold(OTLP);
    MlflowTracing tracing = start(
        true,
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE",
        "2",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS",
        "1",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE",
        "2");
    for (int i = 0; i < 9; i++) {
      tracing.tracer().trace("root", () -> {});
    }
    server.awaitArrivals(OTLP, 1);

    FlushResult result = tracing.shutdown(Duration.ofMillis(200));

    assertThat(result.status()).isEqualTo(Status.TIMEOUT);
    assertThat(tracing.stats().spans().pending()).isZero();
    assertThat(tracing.stats().traces().pending()).isZero();
    assertThat(tracing.stats().traces().droppedInAll()).isEqualTo(9);
  }

  @Test
  void shutdown_partOfABatch_arrives() {
    try (MlflowTracing tracing = start(true)) {
      tracing.tracer().trace("root", () -> {});
    }
    assertThat(spans()).hasSize(1);
  }

  @Test
  void otlpEndpointOfTheBuilder_namesExperimentAndHasTheCredentialsForItsOriginOnly() {
    try (TrackingServerDouble other = new TrackingServerDouble()) {
      for (TrackingServerDouble target : List.of(server, other)) {
        try (MlflowTracing tracing = Tracings.builder(server, false)
            .token("s3cret")
            .otlpEndpoint(URI.create(target.uri() + "/v1/traces"))
            .build()) {
          tracing.tracer().trace("root", () -> {});
        }
      }

      Call same = server.calls(LOG_SPANS).get(0);
      assertThat(same.header("x-mlflow-experiment-id")).isEqualTo("1");
      assertThat(same.header("Authorization")).isEqualTo("Bearer s3cret");
      Call foreign = other.calls(LOG_SPANS).get(0);
      assertThat(foreign.header("x-mlflow-experiment-id")).isEqualTo("1");
      assertThat(foreign.header("Authorization")).isEmpty();
    }
  }

  @Test
  void environmentsEndpoint_neverGetsTheCredentials() {
    try (MlflowTracing tracing = Tracings.builder(server, false)
        .environment(environment())
        .token("s3cret")
        .build()) {
      tracing.tracer().trace("root", () -> {});
    }

    assertThat(server.calls(OTLP).get(0).header("Authorization")).isEmpty();
  }

  @Test
  void noTrackingUri_isNotNeeded() {
    try (MlflowTracing tracing =
        MlflowTracing.builder().environment(environment()).build()) {
      tracing.tracer().trace("root", () -> {});
      tracing.flush(Tracings.SOON);

      assertThat(spans()).hasSize(1);
      assertThatThrownBy(() -> tracing.setDestination(new Experiment("7")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("MLFLOW_TRACKING_URI is not set");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_PROTOCOL|grpc|OTEL_EXPORTER_OTLP_PROTOCOL is \"grpc\" but must be http/protobuf, the only protocol that is supported.",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL|x|OTEL_EXPORTER_OTLP_TRACES_PROTOCOL is \"x\" but must be http/protobuf, the only protocol that is supported.",
        "OTEL_EXPORTER_OTLP_COMPRESSION|zip|OTEL_EXPORTER_OTLP_COMPRESSION is \"zip\" but must be gzip or none.",
        "OTEL_EXPORTER_OTLP_TIMEOUT|0|OTEL_EXPORTER_OTLP_TIMEOUT is \"0\" but must be a whole number from 1 to 86400000.",
        "OTEL_EXPORTER_OTLP_HEADERS|s3cret|OTEL_EXPORTER_OTLP_HEADERS is a hidden value but must be pairs <key>=<value> with commas between them.",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT|host:1|OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is \"host:1\" but must be an http:// or https:// URL without user, query and fragment.",
        "OTEL_EXPORTER_OTLP_CERTIFICATE|/no/such|OTEL_EXPORTER_OTLP_CERTIFICATE is \"/no/such\" but must be the path of a file that can be read.",
        "MLFLOW_ENABLE_OTEL_GENAI_SEMCONV|true|MLFLOW_ENABLE_OTEL_GENAI_SEMCONV is \"true\" but must be false: spans are not translated to OpenTelemetry's conventions for generative AI."
      })
  void build_wrongValue_saysWhatIsAllowed(String name, String value, String message) {
    assertThatThrownBy(() -> start(true, name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void build_clientKeyWithoutItsCertificate_isRefused(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key.pem"), "no matter what");

    assertThatThrownBy(() -> start(true, "OTEL_EXPORTER_OTLP_CLIENT_KEY", key.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OTEL_EXPORTER_OTLP_CLIENT_KEY is set but"
            + " OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE is not; they must be set both or none.");
  }

  @Test
  void build_endpointOfTheBuilderNoUrlOfAServer_isRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> MlflowTracing.builder()
            .environment(Map.of())
            .otlpEndpoint(URI.create("ftp://me:s3cret@host/traces"))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("otlpEndpoint is \"ftp://...@host/traces\" but must be an http:// or https://"
            + " URL without user, query and fragment.");
  }

  @Test
  void build_libraryMissing_saysWhichOne() throws Exception {
    List<URL> withoutIt = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("opentelemetry-exporter-otlp")) {
        withoutIt.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(withoutIt.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(MlflowTracing.class.getName());
      Object builder = tracing.getMethod("builder").invoke(null);
      builder.getClass().getMethod("environment", Map.class).invoke(builder, environment());

      assertThatThrownBy(() -> builder.getClass().getMethod("build").invoke(builder))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("needs io.opentelemetry:opentelemetry-exporter-otlp");
    }
  }

  private List<Span> spans() {
    return server.calls(OTLP).stream()
        .flatMap(call -> request(call).getResourceSpansList().stream())
        .map(ResourceSpans::getScopeSpansList)
        .flatMap(List::stream)
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private static ExportTraceServiceRequest request(Call call) {
    try {
      return call.header("Content-Encoding").equals("gzip")
          ? ExportTraceServiceRequest.parseFrom(
              new GZIPInputStream(new ByteArrayInputStream(call.body())))
          : call.otlp();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, AnyValue> attributes(List<KeyValue> pairs) {
    Map<String, AnyValue> attributes = new HashMap<>();
    pairs.forEach(pair -> attributes.put(pair.getKey(), pair.getValue()));
    return attributes;
  }
}
