package io.github.tracingharness.core.export;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of traces and spans that found no room, now and then and with their number. */
final class DropWarning {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private final QueueLimits limits;
  private final WarningThrottle traces;
  private final WarningThrottle spans;

  DropWarning(QueueLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.traces = new WarningThrottle(nanoTime);
    this.spans = new WarningThrottle(nanoTime);
  }

  /** Takes the drop of a trace. */
  void dropped() {
    warn(traces.take(1), "traces");
  }

  /** Takes the drop of some spans of a trace that is not dropped with them. */
  void droppedSpans(long count) {
    warn(spans.take(count), "spans");
  }

  private void warn(long count, String what) {
    if (count > 0) {
      logger.warn(
          "Trace export queue is full, {} {} discarded since the last warning. Raise"
              + " MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE (now {}) or"
              + " MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS (now {}).",
          count,
          what,
          limits.maxTasks(),
          limits.maxWorkers());
    }
  }
}
