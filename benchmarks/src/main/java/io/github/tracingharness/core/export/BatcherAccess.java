package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The span batcher and the export queue in the place of OpenTelemetry's batch span processor. For
 * benchmarks.
 */
public final class BatcherAccess {

  private final ExportExecutor executor;
  private final SpanBatcher<SpanExporter, ReadableSpan> batcher;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /** Starts a batcher of spans that all go to one place. */
  public BatcherAccess(BatchLimits limits, QueueLimits queue, SpanExporter place) {
    executor = ExportExecutor.asynchronous(queue);
    batcher = SpanBatcher.toOne(limits, executor, place, span -> 0, new Packer());
  }

  /** Starts a batcher that knows where each span is to go. */
  public BatcherAccess(
      BatchLimits limits, QueueLimits queue, Function<ReadableSpan, SpanExporter> destination) {
    executor = ExportExecutor.asynchronous(queue);
    batcher = SpanBatcher.toSeveral(limits, executor, destination, span -> 0, new Packer());
  }

  private final class Packer implements SpanBatcher.Packer<SpanExporter, ReadableSpan> {

    /** Used again and again, as the peer's; there is one worker. */
    private final List<SpanData> data = new ArrayList<>();

    @Override
    public ExportQueue.Task pack(SpanExporter destination, List<ReadableSpan> spans) {
      return new SettlingTask(
          scope -> {
            data.clear();
            spans.forEach(span -> data.add(span.toSpanData()));
            return destination.export(data).join(10, TimeUnit.SECONDS).isSuccess()
                ? null
                : DropReason.SPANS_REJECTED;
          },
          reason -> (reason == null ? delivered : dropped).add(spans.size()));
    }

    @Override
    public void drop(SpanExporter destination, ReadableSpan span, DropReason reason) {
      dropped.increment();
    }
  }

  /** Takes a span that ended. */
  public void add(ReadableSpan span) {
    batcher.add(span);
  }

  /** Waits until all that was added is settled. */
  public boolean flush(Duration timeout) {
    Deadline deadline = Deadline.after(timeout);
    batcher.drain(deadline);
    return executor.awaitSettled(deadline);
  }

  /** Returns how many spans reached the exporter. */
  public long delivered() {
    return delivered.sum();
  }

  /** Returns how many spans found no room. */
  public long dropped() {
    return dropped.sum();
  }

  /** Ends the threads. */
  public void close() {
    batcher.close(Deadline.after(Duration.ofSeconds(10)));
    boolean unused = executor.close(Deadline.after(Duration.ofSeconds(10)));
  }
}
