package io.github.tracingharness.junit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Settings of a test, read from the annotation or the builder of the extension. */
record HarnessSettings(
    boolean async,
    int maxRetries,
    double backoffSeconds,
    Duration requestTimeout,
    int maxQueueSize,
    int maxWorkers,
    int maxSpanBatchSize,
    Duration maxBatchInterval,
    String experiment,
    String unityCatalogSchema,
    double samplingRatio,
    boolean serverStoresSpans,
    Duration latency,
    List<ScriptedFault> faults,
    boolean strict,
    Duration awaitLimit) {

  HarnessSettings {
    faults = List.copyOf(faults);
    requirePositive("requestTimeout", requestTimeout);
    requirePositive("maxBatchInterval", maxBatchInterval);
    requirePositive("awaitLimit", awaitLimit);
    if (!(samplingRatio >= 0 && samplingRatio <= 1)) {
      throw new IllegalArgumentException(
          "samplingRatio must be a number from 0 to 1, not " + samplingRatio);
    }
    if (latency.isNegative()) {
      throw new IllegalArgumentException(
          "latency must not be negative, but is " + latency.toMillis() + " ms");
    }
  }

  static HarnessSettings of(TracingConfig config) {
    return new HarnessSettings(
        config.async(),
        config.maxRetries(),
        config.backoffSeconds(),
        Duration.ofMillis(config.requestTimeoutMillis()),
        config.maxQueueSize(),
        config.maxWorkers(),
        config.maxSpanBatchSize(),
        Duration.ofMillis(config.maxBatchIntervalMillis()),
        config.experiment(),
        config.unityCatalogSchema(),
        config.samplingRatio(),
        config.serverStoresSpans(),
        Duration.ofMillis(config.latencyMillis()),
        Arrays.stream(config.faults()).map(ScriptedFault::of).toList(),
        config.strict(),
        Duration.ofMillis(config.awaitMillis()));
  }

  /** Tells whether the fake server must play what is asked for. */
  boolean needsFakeServer() {
    return !faults.isEmpty()
        || !latency.isZero()
        || !unityCatalogSchema.isEmpty()
        || !serverStoresSpans;
  }

  /** Returns the defaults that the annotation states. */
  static HarnessSettings defaults() {
    return of(Defaults.class.getAnnotation(TracingConfig.class));
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          name + " must be positive, but is " + value.toMillis() + " ms");
    }
  }

  @TracingConfig
  private static final class Defaults {}
}
