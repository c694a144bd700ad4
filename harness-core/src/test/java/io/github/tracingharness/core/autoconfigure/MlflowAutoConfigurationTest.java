package io.github.tracingharness.core.autoconfigure;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real autoconfiguration of OpenTelemetry with {@code otel.traces.exporter=mlflow}. */
@SuppressWarnings("try") // A scope that is only closed.
class MlflowAutoConfigurationTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  private OpenTelemetrySdk sdk(String... more) {
    Map<String, String> properties = new HashMap<>(Map.of(
        "otel.metrics.exporter", "none",
        "otel.logs.exporter", "none",
        "otel.traces.exporter", "mlflow",
        "mlflow.tracking.uri", server.uri(),
        "mlflow.experiment.id", "7",
        "mlflow.http.request.max.retries", "0"));
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() -> properties)
        .build()
        .getOpenTelemetrySdk();
  }

  @Test
  void mlflowAlone_spansOfBothApisAreOneTraceInTheExperiment() {
    try (OpenTelemetrySdk sdk = sdk()) {
      MlflowTracing tracing = MlflowTracing.of(sdk).orElseThrow();
      Span root = sdk.getTracer("app").spanBuilder("root").startSpan();
      try (Scope scope = root.makeCurrent();
          LiveSpan span = tracing.tracer().startSpan("mlflow")) {
        span.setInputs(Map.of("q", 1));
      }
      root.end();
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();

      assertThat(server.calls(START_TRACE)).hasSize(1);
      var info = server.calls(START_TRACE).get(0).json().at("/trace/trace_info");
      assertThat(info.at("/trace_location/mlflow_experiment/experiment_id").asText())
          .isEqualTo("7");
      assertThat(info.path("trace_id").asText())
          .isEqualTo("tr-" + root.getSpanContext().getTraceId());
      assertThat(names()).containsExactly("mlflow", "root");
    }
  }

  @Test
  void mlflowWithLogging_bothGetTheSpans() {
    List<String> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.opentelemetry.exporter.logging.LoggingSpanExporter");
    Handler handler = new Handler() {
      @Override
      public void publish(LogRecord line) {
        logged.add(String.valueOf(line.getMessage()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    logger.addHandler(handler);
    try (OpenTelemetrySdk sdk = sdk("otel.traces.exporter", "mlflow, logging")) {
      MlflowTracing.of(sdk).orElseThrow().tracer().trace("work", () -> {});
      sdk.getSdkTracerProvider().forceFlush().join(20, TimeUnit.SECONDS);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(names()).containsExactly("work");
    assertThat(logged).hasSize(1);
  }

  @Test
  void otherExporter_makesNoPipeline() {
    try (OpenTelemetrySdk sdk =
        sdk("otel.traces.exporter", "logging", "mlflow.tracking.uri", "x")) {
      assertThat(MlflowTracing.of(sdk)).isEmpty();
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void wrongSetting_stopsTheAutoconfigurationWithTheSentence() {
    assertThatThrownBy(() -> sdk("mlflow.http.request.max.retries", "11"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("MLFLOW_HTTP_REQUEST_MAX_RETRIES is \"11\" but must be a whole number"
            + " from 0 to 10.");
  }

  @Test
  void sdkDisabled_makesNoPipeline() {
    try (OpenTelemetrySdk sdk = sdk("otel.sdk.disabled", "true")) {
      assertThat(MlflowTracing.of(sdk)).isEmpty();
    }
  }

  @Test
  void shutdownOfTheSdk_deliversWhatHasEnded() {
    OpenTelemetrySdk sdk = sdk();
    sdk.getTracer("app").spanBuilder("root").startSpan().end();

    assertThat(sdk.shutdown().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();

    assertThat(server.calls(START_TRACE)).hasSize(1);
  }

  @Test
  void mlflowsRatio_countsUnlessOpenTelemetryHasASampler() {
    try (OpenTelemetrySdk sdk = sdk("mlflow.trace.sampling.ratio", "0")) {
      MlflowTracer tracer = MlflowTracing.of(sdk).orElseThrow().tracer();
      tracer.trace("dropped", () -> {});
      tracer.spanBuilder("kept").samplingRatio(1).startSpan().end();
    }
    try (OpenTelemetrySdk sdk =
        sdk("mlflow.trace.sampling.ratio", "0", "otel.traces.sampler", "always_on")) {
      sdk.getTracer("app").spanBuilder("kept too").startSpan().end();
    }

    assertThat(names()).containsExactly("kept", "kept too");
  }

  @Test
  void disabledTracing_leavesTheSpansToOtherProcessors() {
    InMemorySpanExporter others = InMemorySpanExporter.create();
    MlflowTracing tracing =
        Tracings.builder(server, false).useDefaultTracerProvider(false).build();
    try (SdkTracerProvider provider = SdkTracerProvider.builder()
        .setSampler(tracing.sampler(Sampler.alwaysOn()))
        .addSpanProcessor(tracing.spanProcessor())
        .addSpanProcessor(SimpleSpanProcessor.create(others))
        .build()) {
      tracing.disable();
      provider.get("app").spanBuilder("off").startSpan().end();
      tracing.enable();
      provider.get("app").spanBuilder("on").startSpan().end();
      assertThat(others.getFinishedSpanItems())
          .extracting(span -> span.getName())
          .containsExactly("off", "on");
    }

    assertThat(names()).containsExactly("on");
  }

  @Test
  void of_findsThePipelineWithoutLeavingASpan() {
    InMemorySpanExporter others = InMemorySpanExporter.create();
    try (MlflowTracing isolated = Tracings.start(server, false);
        SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(others))
            .build()) {
      OpenTelemetrySdk foreign =
          OpenTelemetrySdk.builder().setTracerProvider(provider).build();
      assertThat(MlflowTracing.of(foreign)).isEmpty();
      assertThat(MlflowTracing.of(OpenTelemetry.noop())).isEmpty();

      MlflowTracing found = MlflowTracing.of(isolated.openTelemetry()).orElseThrow();
      try (LiveSpan root = isolated.tracer().startSpan("root")) {
        assertThat(found.tracer().currentSpan().orElseThrow().spanId()).isEqualTo(root.spanId());
      }
      assertThat(found.stats().spans().created()).isEqualTo(1);
      provider.forceFlush().join(20, TimeUnit.SECONDS);
      assertThat(others.getFinishedSpanItems()).isEmpty();
    }
  }

  @Test
  void withoutAutoconfigurationOnTheClassPath_thePipelineWorks() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("autoconfigure")) {
        classPath.add(url(entry));
      }
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass(ConfigurationException.class.getName()))
          .isInstanceOf(ClassNotFoundException.class);
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(Program.class.getName())
          .getMethod("run", String.class)
          .invoke(null, server.uri());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(names()).containsExactly("alone");
  }

  /** Runs in a class loader of its own. */
  public static final class Program {

    private Program() {}

    public static void run(String uri) {
      try (MlflowTracing tracing =
          MlflowTracing.builder().environment(Map.of()).trackingUri(uri).build()) {
        tracing.tracer().trace("alone", () -> {});
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> names() {
    return server.calls(LOG_SPANS).stream()
        .flatMap(call -> call.spans().stream())
        .map(span -> span.getName())
        .toList();
  }
}
