package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.List;
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
  private final TraceRequests requests;

  /** Whether the last trace had to be uploaded; so will the next one. */
  private volatile boolean uploads;

  /** Creates an exporter. */
  public MlflowV3SpanExporter(TrackingClient client, ExportLedger ledger, ExportExecutor executor) {
    this.client = client;
    this.ledger = ledger;
    this.executor = executor;
    this.spanLogging = new SpanLogging(client);
    this.requests = new TraceRequests(client);
  }

  @Override
  public TraceExport begin(Target target) {
    return new V3TraceExport(this, target.traceId(), target.location(), target.ownRoot());
  }

  @Override
  public void drain(Deadline deadline) {
    // Nothing is held back: spans are handed on as they end.
  }

  @Override
  public void close(Deadline deadline) {
    // Nothing is held back, and there are no threads beside the executor's.
  }

  /** Databricks has no place for attachments. */
  boolean keepsAttachments() {
    return !client.isDatabricks();
  }

  ExportExecutor executor() {
    return executor;
  }

  ExportLedger ledger() {
    return ledger;
  }

  TraceRequests requests() {
    return requests;
  }

  boolean uploads() {
    return uploads;
  }

  void setUploads(boolean on) {
    if (uploads != on) {
      uploads = on;
    }
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
}
