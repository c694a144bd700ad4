package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports spans through an exporter of OpenTelemetry, in batches. There is no trace info: a trace
 * counts as delivered when it is complete and its root span was taken. No failure leaves this
 * class: each is logged and counted.
 */
public final class OtlpSpanExporter implements TraceExporter {

  private static final Logger logger = LoggerFactory.getLogger(OtlpSpanExporter.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final SpanExporter sink;
  private final Duration timeout;
  private final ExportLedger ledger;
  private final boolean copies;
  private final ExportExecutor executor;
  private final SpanBatcher<OtlpSpanExporter, Item> batcher;
  private final SpanFailureWarning failures =
      new SpanFailureWarning(OtlpSpanExporter.class, System::nanoTime);

  /**
   * Creates an exporter.
   *
   * @param sink sends the spans; closed by {@link #closeSink}
   * @param timeout time limit of one request with all its attempts, which the sink observes
   * @param copies whether the spans are copies of spans that another exporter accounts for; then
   *     they are counted as created here, and traces are not counted
   */
  public OtlpSpanExporter(
      SpanExporter sink,
      Duration timeout,
      ExportLedger ledger,
      boolean copies,
      ExportExecutor executor,
      BatchLimits limits) {
    this.sink = sink;
    this.timeout = timeout;
    this.ledger = ledger;
    this.copies = copies;
    this.executor = executor;
    this.batcher =
        SpanBatcher.toOne(limits, executor, this, item -> item.span().size(), new ItemPacker());
  }

  /** A span and whom to tell what became of it. */
  record Item(EndedSpan span, OtlpTraceExport owner) {}

  private final class ItemPacker implements SpanBatcher.Packer<OtlpSpanExporter, Item> {

    @Override
    public ExportQueue.Task pack(OtlpSpanExporter self, List<Item> items) {
      return task(items);
    }

    @Override
    public void drop(OtlpSpanExporter self, Item item, DropReason reason) {
      item.owner().settled(item, reason);
    }
  }

  @Override
  public TraceExport begin(Target target) {
    return new OtlpTraceExport(this, target.ownRoot());
  }

  @Override
  public void drain(Deadline deadline) {
    batcher.drain(deadline);
  }

  @Override
  public void close(Deadline deadline) {
    batcher.close(deadline);
  }

  /** Closes the sink; to be called when the executor has nothing more to do. */
  public void closeSink(Deadline deadline) {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
    CompletableResultCode unused = sink.shutdown().join(Math.max(1, millis), TimeUnit.MILLISECONDS);
  }

  /** There is no place for attachments behind an OTLP endpoint. */
  void warnOfAttachments(int count) {
    if (count > 0 && !copies) {
      logger.warn("{} attachments are lost: traces that go through OTLP cannot have any", count);
    }
  }

  /** Tells whether another exporter accounts for the traces. */
  public boolean countsCopies() {
    return copies;
  }

  ExportExecutor executor() {
    return executor;
  }

  ExportLedger ledger() {
    return ledger;
  }

  void batch(Item item) {
    batcher.add(item);
  }

  SettlingTask task(List<Item> items) {
    return new SettlingTask(
        scope -> send(items, scope),
        reason -> items.forEach(item -> item.owner().settled(item, reason)));
  }

  private @Nullable DropReason send(List<Item> items, CallScope scope) {
    List<SpanData> spans = new ArrayList<>(items.size());
    items.forEach(item -> spans.add(new OtlpSpanData(item.span())));
    Deadline deadline = scope.within(timeout.plus(GRACE)).deadline();
    CompletableResultCode answer = sink.export(spans);
    if (!answer.isDone()) {
      scope.waits().waitBegins();
      try {
        answer.join(
            Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos())),
            TimeUnit.MILLISECONDS);
      } finally {
        scope.waits().waitEnds();
      }
    }
    if (answer.isSuccess()) {
      return null;
    }
    if (!answer.isDone() && Thread.currentThread().isInterrupted()) {
      return DropReason.SHUTDOWN;
    }
    failures.failed(items.size(), "the OTLP endpoint", cause(answer));
    return DropReason.SPANS_REJECTED;
  }

  private static String cause(CompletableResultCode answer) {
    if (!answer.isDone()) {
      return "no answer in time";
    }
    Throwable failure = answer.getFailureThrowable();
    return failure == null ? "OpenTelemetry's log says why" : failure.toString();
  }
}
