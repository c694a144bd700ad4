package io.github.tracingharness.core.testing;

import io.github.tracingharness.core.MlflowTracing;
import java.time.Duration;
import java.util.Map;

/** Pipelines for tests: nothing from the environment, no waits between attempts. */
public final class Tracings {

  public static final Duration SOON = Duration.ofSeconds(30);

  private Tracings() {}

  public static MlflowTracing.Builder builder(TrackingServerDouble server, boolean async) {
    return MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(server.uri())
        .experimentId("1")
        .asyncExport(async)
        .maxRetries(2)
        .backoffFactor(0)
        .backoffJitter(0);
  }

  public static MlflowTracing start(TrackingServerDouble server, boolean async) {
    return builder(server, async).build();
  }
}
