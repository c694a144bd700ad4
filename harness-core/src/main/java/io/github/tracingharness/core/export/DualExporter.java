package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands every trace to two exporters, of which the first one accounts for it. */
public final class DualExporter implements TraceExporter {

  private final TraceExporter first;
  private final TraceExporter second;

  /** Creates an exporter in front of two others. */
  public DualExporter(TraceExporter first, TraceExporter second) {
    this.first = Objects.requireNonNull(first, "first");
    this.second = Objects.requireNonNull(second, "second");
  }

  @Override
  public TraceExport begin(Target target) {
    return new Both(first.begin(target), second.begin(target));
  }

  @Override
  public void drain(Deadline deadline) {
    first.drain(deadline);
    second.drain(deadline);
  }

  @Override
  public void close(Deadline deadline) {
    first.close(deadline);
    second.close(deadline);
  }

  private record Both(TraceExport first, TraceExport second) implements TraceExport {

    @Override
    public boolean keepsAttachments() {
      return first.keepsAttachments();
    }

    @Override
    public void spanEnded(EndedSpan ended) {
      first.spanEnded(ended);
      second.spanEnded(ended);
    }

    @Override
    public void completed(Completion completion) {
      first.completed(completion);
      second.completed(completion);
    }

    @Override
    public void abandon(DropReason reason) {
      first.abandon(reason);
      second.abandon(reason);
    }

    @Override
    public void abandonSpans(Collection<String> spanIds, DropReason reason) {
      first.abandonSpans(spanIds, reason);
      second.abandonSpans(spanIds, reason);
    }

    @Override
    public void proceed(@Nullable EndedSpan ended) {
      first.proceed(ended);
      second.proceed(ended);
    }

    @Override
    public void flush(Deadline deadline) {
      first.flush(deadline);
      second.flush(deadline);
    }
  }
}
