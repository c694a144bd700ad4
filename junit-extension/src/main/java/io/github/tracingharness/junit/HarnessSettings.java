package io.github.tracingharness.junit;

import java.time.Duration;

/** Settings of a test, read from the annotation or the builder of the extension. */
record HarnessSettings(
    boolean async,
    int maxRetries,
    double backoffSeconds,
    Duration requestTimeout,
    int maxQueueSize,
    int maxWorkers,
    boolean serverStoresSpans,
    Duration awaitLimit) {

  static HarnessSettings of(TracingConfig config) {
    return new HarnessSettings(
        config.async(),
        config.maxRetries(),
        config.backoffSeconds(),
        Duration.ofMillis(config.requestTimeoutMillis()),
        config.maxQueueSize(),
        config.maxWorkers(),
        config.serverStoresSpans(),
        Duration.ofMillis(config.awaitMillis()));
  }

  /** Returns the defaults that the annotation states. */
  static HarnessSettings defaults() {
    return of(Defaults.class.getAnnotation(TracingConfig.class));
  }

  @TracingConfig
  private static final class Defaults {}
}
