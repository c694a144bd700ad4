package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.StartedTrace;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports traces to experiments of an MLflow tracking server. No failure leaves this class: each is
 * logged and counted.
 */
public final class MlflowV3SpanExporter implements TraceExporter {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private final TrackingClient client;
  private final ExportLedger ledger;
  private final ExportExecutor executor;
  private final SpanLogging spanLogging;

  /** Creates an exporter. */
  public MlflowV3SpanExporter(TrackingClient client, ExportLedger ledger, ExportExecutor executor) {
    this.client = client;
    this.ledger = ledger;
    this.executor = executor;
    this.spanLogging = new SpanLogging(client);
  }

  @Override
  public TraceExport begin(String traceId, TraceLocation location, boolean ownRoot) {
    return new V3TraceExport(this, traceId, location, ownRoot);
  }

  @Override
  public void drain(Deadline deadline) {
    // Nothing is held back: spans are handed on as they end.
  }

  @Override
  public void close(Deadline deadline) {
    // Nothing is held back, and there are no threads beside the executor's.
  }

  ExportExecutor executor() {
    return executor;
  }

  ExportLedger ledger() {
    return ledger;
  }

  /** Returns whether the server took the spans. */
  boolean logSpans(TraceLocation location, List<Span> spans, CallScope scope) {
    if (!spanLogging.isSupported(scope)) {
      return false;
    }
    try {
      client.logSpans(location, spans, scope);
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
