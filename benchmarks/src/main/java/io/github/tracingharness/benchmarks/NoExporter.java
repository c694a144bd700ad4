package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.TraceExporter;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes traces at once, counts them and does nothing with them. */
final class NoExporter implements TraceExporter {

  private final LongAdder traces = new LongAdder();
  private final TraceExport export = new NoExport();

  /** Returns how many traces were complete. */
  long traces() {
    return traces.sum();
  }

  @Override
  public TraceExport begin(Target target) {
    return export;
  }

  @Override
  public void drain(Deadline deadline) {}

  @Override
  public void close(Deadline deadline) {}

  private final class NoExport implements TraceExport {

    @Override
    public boolean keepsAttachments() {
      return false;
    }

    @Override
    public void spanEnded(EndedSpan ended) {}

    @Override
    public void completed(Completion completion) {
      traces.increment();
    }

    @Override
    public void abandon(DropReason reason) {}

    @Override
    public void abandonSpans(Collection<String> spanIds, DropReason reason) {}

    @Override
    public void proceed(@Nullable EndedSpan ended) {}

    @Override
    public void flush(Deadline deadline) {}
  }
}
