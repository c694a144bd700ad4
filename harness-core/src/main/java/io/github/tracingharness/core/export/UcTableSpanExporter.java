package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exports traces to tables of Databricks Unity Catalog: spans in batches to the table of their
 * trace's location, trace infos on their own; nothing is uploaded. Spans and info of a trace may
 * arrive in any order, and each may be lost without the other. No failure leaves this class: each
 * is logged and counted.
 */
public final class UcTableSpanExporter implements TraceExporter {

  private final TrackingClient client;
  private final ExportLedger ledger;
  private final ExportExecutor executor;
  private final TraceRequests requests;
  private final SpanBatcher<UnityCatalog, Row> batcher;
  private final SpanFailureWarning failures =
      new SpanFailureWarning(UcTableSpanExporter.class, System::nanoTime);

  /** Creates an exporter; in synchronous mode it makes no batches. */
  public UcTableSpanExporter(
      TrackingClient client, ExportLedger ledger, ExportExecutor executor, BatchLimits limits) {
    this.client = client;
    this.ledger = ledger;
    this.executor = executor;
    this.requests = new TraceRequests(client);
    this.batcher = SpanBatcher.toSeveral(
        limits,
        executor,
        Row::location,
        row -> row.span().size(),
        (location, rows) -> spansTask(location, rows.stream().map(Row::span).toList()));
  }

  /** A span and whose table it goes to. */
  private record Row(UnityCatalog location, EndedSpan span) {}

  @Override
  public TraceExport begin(Target target) {
    if (target.location() instanceof UnityCatalog location) {
      return new UcTraceExport(this, location);
    }
    throw new IllegalArgumentException(target.location() + " is not in Unity Catalog");
  }

  @Override
  public void drain(Deadline deadline) {
    batcher.drain(deadline);
  }

  @Override
  public void close(Deadline deadline) {
    batcher.close(deadline);
  }

  ExportExecutor executor() {
    return executor;
  }

  ExportLedger ledger() {
    return ledger;
  }

  /** Has a span sent when its batch is complete. */
  void batch(UnityCatalog location, EndedSpan span) {
    batcher.add(new Row(location, span));
  }

  SettlingTask spansTask(UnityCatalog location, List<EndedSpan> spans) {
    return new SettlingTask(
        scope -> logSpans(location, spans, scope), reason -> settleSpans(spans.size(), reason));
  }

  SettlingTask infoTask(Completion completion) {
    return new SettlingTask(scope -> sendInfo(completion, scope), reason -> {
      if (reason == null) {
        ledger.traces().delivered(1);
      } else {
        ledger.traces().dropped(reason, 1);
      }
    });
  }

  void settleSpans(int count, @Nullable DropReason reason) {
    if (reason == null) {
      ledger.spans().delivered(count);
    } else {
      ledger.spans().dropped(reason, count);
    }
  }

  private @Nullable DropReason logSpans(
      UnityCatalog location, List<EndedSpan> spans, CallScope scope) {
    try {
      client.logSpans(location, spans.stream().map(EndedSpan::span).toList(), scope);
      return null;
    } catch (TrackingException e) {
      failures.failed(spans.size(), location.spansTable(), String.valueOf(e.getMessage()));
      return DropReason.SPANS_REJECTED;
    }
  }

  private @Nullable DropReason sendInfo(Completion completion, CallScope scope) {
    return requests
            .startTrace(SizeStats.addTo(completion.trace().get()), scope)
            .map(started -> {
              requests.uploadAttachments(started, completion.attachments(), scope);
              requests.linkPrompts(started, completion.prompts(), scope);
              return true;
            })
            .isPresent()
        ? null
        : DropReason.START_TRACE_FAILED;
  }
}
