package io.github.tracingharness.core.export;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of spans that a server did not take: the first failure at once, later ones summed up. */
final class SpanFailureWarning {

  private final Logger logger;
  private final WarningThrottle throttle;

  SpanFailureWarning(Class<?> exporter, LongSupplier nanoTime) {
    this.logger = LoggerFactory.getLogger(exporter);
    this.throttle = new WarningThrottle(nanoTime);
  }

  /** Takes some spans that were lost. */
  void failed(int spans, String destination, String cause) {
    long lost = throttle.take(spans);
    if (lost > 0) {
      logger.warn(
          "Failed to log spans to the trace server: {} spans lost since the last warning, the last"
              + " of them for {}: {}",
          lost,
          destination,
          cause);
    } else {
      logger.debug("Failed to log {} spans to {}: {}", spans, destination, cause);
    }
  }
}
