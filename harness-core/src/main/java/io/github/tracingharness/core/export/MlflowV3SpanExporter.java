package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.StartedTrace;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.Trace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports traces to an experiment of an MLflow tracking server. No failure leaves this class: each
 * is logged and counted.
 */
public final class MlflowV3SpanExporter implements TraceExporter {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private final TrackingClient client;
  private final String experimentId;
  private final ExportLedger ledger;
  private final SpanLogging spanLogging;
  private final @Nullable ExportQueue queue;
  private final DropWarning dropWarning;
  private final Settlement inline = new Settlement();
  private volatile boolean closed;

  private MlflowV3SpanExporter(
      TrackingClient client,
      String experimentId,
      ExportLedger ledger,
      @Nullable QueueLimits limits) {
    this.client = client;
    this.experimentId = experimentId;
    this.ledger = ledger;
    this.spanLogging = new SpanLogging(client);
    this.queue = limits == null ? null : new ExportQueue(limits);
    this.dropWarning =
        new DropWarning(limits == null ? new QueueLimits(1, 1) : limits, System::nanoTime);
  }

  /** Creates an exporter that works on the threads that end spans. */
  public static MlflowV3SpanExporter synchronous(
      TrackingClient client, String experimentId, ExportLedger ledger) {
    return new MlflowV3SpanExporter(client, experimentId, ledger, null);
  }

  /** Creates an exporter that works on threads of its own. */
  public static MlflowV3SpanExporter asynchronous(
      TrackingClient client, String experimentId, ExportLedger ledger, QueueLimits limits) {
    return new MlflowV3SpanExporter(client, experimentId, ledger, limits);
  }

  @Override
  public TraceExport begin(String traceId, boolean ownRoot) {
    return new V3TraceExport(this, traceId, ownRoot);
  }

  @Override
  public boolean awaitSettled(Deadline deadline) {
    return inline.await(deadline) && (queue == null || queue.awaitSettled(deadline));
  }

  @Override
  public boolean close(Deadline deadline) {
    closed = true;
    client.finishBy(deadline);
    boolean inlineSettled = inline.await(deadline);
    boolean queueSettled = queue == null || queue.close(deadline);
    return inlineSettled && queueSettled;
  }

  boolean isSynchronous() {
    return queue == null;
  }

  ExportLedger ledger() {
    return ledger;
  }

  /**
   * Works on an export in this thread, or has a worker do so; returns why it will not be worked on.
   */
  Optional<DropReason> submit(V3TraceExport export, Deadline deadline, boolean patient) {
    if (queue != null) {
      return switch (queue.offer(export, patient ? deadline : Deadline.now())) {
        case ACCEPTED -> Optional.empty();
        case FULL -> Optional.of(DropReason.QUEUE_FULL);
        case CLOSED -> Optional.of(DropReason.SHUTDOWN);
      };
    }
    if (closed) {
      return Optional.of(DropReason.SHUTDOWN);
    }
    long number = inline.begin();
    try {
      export.run(CallScope.until(deadline));
    } finally {
      inline.end(number);
    }
    return Optional.empty();
  }

  void warnOfDrop(DropReason reason) {
    if (reason == DropReason.QUEUE_FULL) {
      dropWarning.dropped();
    }
  }

  /** Returns whether the server took the spans. */
  boolean logSpans(List<Span> spans, CallScope scope) {
    if (!spanLogging.isSupported(scope)) {
      return false;
    }
    try {
      client.logSpans(experimentId, spans, scope);
      return true;
    } catch (TrackingException e) {
      if (e.isNotImplemented()) {
        spanLogging.refuse();
      } else {
        logger.debug("{} spans were not taken: {}", spans.size(), e.getMessage());
      }
      return false;
    }
  }

  /** Sends the info of a trace; returns nothing if the server did not take it. */
  Optional<StartedTrace> startTrace(Trace trace, CallScope scope) {
    try {
      return Optional.of(client.startTrace(trace.info(), scope));
    } catch (TrackingException e) {
      report(trace.info().traceId(), e);
      return Optional.empty();
    }
  }

  /** Uploads the spans of a trace; returns whether the server took them. */
  boolean upload(StartedTrace started, Trace trace, CallScope scope) {
    try {
      client.uploadTraceData(started, trace.data(), scope);
      return true;
    } catch (TrackingException e) {
      report(trace.info().traceId(), e);
      return false;
    }
  }

  void linkPrompts(StartedTrace started, List<PromptVersion> prompts, CallScope scope) {
    if (prompts.isEmpty()) {
      return;
    }
    try {
      client.linkPrompts(started, prompts, scope);
    } catch (TrackingException e) {
      logger.warn("Failed to link prompts to trace {}: {}", started.traceId(), e.getMessage());
    }
  }

  private static void report(String traceId, TrackingException failure) {
    if (failure.isAuthentication()) {
      logger.error(
          "Failed to send trace to MLflow backend: authentication error, trace {} was NOT saved."
              + " Check MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD. {}",
          traceId,
          failure.getMessage());
    } else {
      logger.warn(
          "Failed to send trace to MLflow backend: {} (trace {})", failure.getMessage(), traceId);
    }
  }
}
