package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpTransport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What one test owns; closed by JUnit's store when the test has ended. JUnit 6 closes
 * {@link AutoCloseable}, JUnit before 5.13 {@link CloseableResource} only.
 */
@SuppressWarnings("deprecation")
final class TestScope implements CloseableResource, AutoCloseable {

  /** Enough for a healthy server; calls that a test still holds are let go after it. */
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(1);

  private final Backend backend;
  private final HarnessSettings settings;
  private final TestClock clock = new TestClock();
  private final MlflowTracing tracing;
  private final Warnings warnings;
  private final Traces traces;
  private final Set<Thread> threadsBefore;

  private TestScope(Backend backend, HarnessSettings settings) {
    this.backend = backend;
    this.settings = settings;
    // Asking for all threads stops them for a moment, so only a strict test pays for it.
    this.threadsBefore = settings.strict() ? Thread.getAllStackTraces().keySet() : Set.of();
    MlflowTracing.Builder builder = MlflowTracing.builder()
        .environment(environment(backend, settings))
        .trackingUri(backend.trackingUri())
        .experimentId(backend.experimentId())
        .asyncExport(settings.async())
        // The tested code may use either API, with spans that it makes current by Span.makeCurrent.
        .useDefaultTracerProvider(false)
        .maxRetries(settings.maxRetries())
        .backoffFactor(settings.backoffSeconds())
        .backoffJitter(0)
        .requestTimeout(settings.requestTimeout())
        .maxQueueSize(settings.maxQueueSize())
        .maxWorkers(settings.maxWorkers())
        .maxSpanBatchSize(settings.maxSpanBatchSize())
        .maxBatchInterval(settings.maxBatchInterval())
        .clock(clock);
    HttpTransport transport = backend.transport();
    this.tracing = (transport == null ? builder : builder.transport(transport)).build();
    this.warnings = new Warnings(backend, tracing);
    this.traces = new Traces(backend, tracing, warnings, settings.awaitLimit());
  }

  /** Makes the pipeline; a backend whose pipeline cannot be made is closed. */
  static TestScope open(Backend backend, HarnessSettings settings) {
    try {
      return new TestScope(backend, settings);
    } catch (RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  /** What the builder of a pipeline cannot be told. */
  private static Map<String, String> environment(Backend backend, HarnessSettings settings) {
    Map<String, String> variables = new HashMap<>(backend.environment());
    variables.put("MLFLOW_TRACE_SAMPLING_RATIO", Double.toString(settings.samplingRatio()));
    if (!settings.unityCatalogSchema().isEmpty()) {
      variables.put("MLFLOW_TRACING_DESTINATION", settings.unityCatalogSchema());
    }
    return variables;
  }

  Backend backend() {
    return backend;
  }

  HarnessSettings settings() {
    return settings;
  }

  MlflowTracing tracing() {
    return tracing;
  }

  Traces traces() {
    return traces;
  }

  Warnings warnings() {
    return warnings;
  }

  /** Returns the threads that there were before the pipeline was made; of a strict test only. */
  Set<Thread> threadsBefore() {
    return threadsBefore;
  }

  ManualClock manualClock() {
    return clock.manual();
  }

  ChildEnvironment childEnvironment() {
    return ChildEnvironment.of(backend.trackingUri(), backend.experimentId(), settings);
  }

  /** Ends the pipeline, with its threads. */
  void shutdown() {
    tracing.shutdown(SHUTDOWN_LIMIT);
  }

  @Override
  public void close() {
    shutdown();
    backend.close();
  }
}
