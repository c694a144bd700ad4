package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of traces that found no room, at most once per interval and with their number. */
final class DropWarning {

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private final Object lock = new Object();
  private final QueueLimits limits;
  private final LongSupplier nanoTime;
  private long unreported;
  private boolean warned;
  private long lastWarning;

  DropWarning(QueueLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** Takes one drop. */
  void dropped() {
    long count;
    synchronized (lock) {
      unreported++;
      long now = nanoTime.getAsLong();
      if (warned && now - lastWarning < INTERVAL.toNanos()) {
        return;
      }
      warned = true;
      lastWarning = now;
      count = unreported;
      unreported = 0;
    }
    logger.warn(
        "Trace export queue is full, {} traces discarded since the last warning. Raise"
            + " MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE (now {}) or"
            + " MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS (now {}).",
        count,
        limits.maxTasks(),
        limits.maxWorkers());
  }
}
