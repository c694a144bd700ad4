package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What one test owns; closed by JUnit's store when the test has ended. JUnit 6 closes
 * {@link AutoCloseable}, JUnit before 5.13 {@link CloseableResource} only.
 */
@SuppressWarnings("deprecation")
final class TestScope implements CloseableResource, AutoCloseable {

  /** Enough for a healthy server; calls that a test still holds are let go after it. */
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(1);

  private final FakeTrackingServer server;
  private final TrackingSpace space;
  private final MlflowTracing tracing;
  private final Traces traces;

  private TestScope(FakeTrackingServer server, HarnessSettings settings, String testName) {
    this.server = server;
    this.space = server.newSpace();
    if (!settings.serverStoresSpans()) {
      space.profile(ServerProfile.standard().withSpanStorage(SpanStorage.NOT_IMPLEMENTED));
    }
    this.tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .experimentId(space.createExperiment(testName))
        .asyncExport(settings.async())
        // The tested code may use either API, with spans that it makes current by Span.makeCurrent.
        .useDefaultTracerProvider(false)
        .maxRetries(settings.maxRetries())
        .backoffFactor(settings.backoffSeconds())
        .backoffJitter(0)
        .requestTimeout(settings.requestTimeout())
        .maxQueueSize(settings.maxQueueSize())
        .maxWorkers(settings.maxWorkers())
        .build();
    this.traces = new Traces(space, tracing, settings.awaitLimit());
  }

  static TestScope open(FakeTrackingServer server, HarnessSettings settings, String testName) {
    return new TestScope(server, settings, testName);
  }

  FakeTrackingServer server() {
    return server;
  }

  TrackingSpace space() {
    return space;
  }

  MlflowTracing tracing() {
    return tracing;
  }

  Traces traces() {
    return traces;
  }

  @Override
  public void close() {
    tracing.shutdown(SHUTDOWN_LIMIT);
    space.close();
  }
}
