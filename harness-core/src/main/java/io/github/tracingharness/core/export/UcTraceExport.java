package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.TraceExporter.Completion;
import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.export.TraceExporter.TraceExport;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Export of one trace to Unity Catalog: hands spans to the batcher and the info to the queue. */
final class UcTraceExport implements TraceExport {

  private final UcTableSpanExporter exporter;
  private final UnityCatalog location;

  /** In synchronous mode a caller waits for what another thread is sending for it. */
  private final ReentrantLock sending = new ReentrantLock();

  private final Object lock = new Object();

  /** In synchronous mode; otherwise each thread hands on its own span. */
  private List<EndedSpan> waiting = List.of();

  /** Of the completion. */
  private final Offering offering = new Offering();

  private @Nullable Completion completion;

  UcTraceExport(UcTableSpanExporter exporter, UnityCatalog location) {
    this.exporter = exporter;
    this.location = location;
  }

  private record Work(List<EndedSpan> spans, @Nullable Completion completion) {}

  @Override
  public boolean keepsAttachments() {
    return false;
  }

  @Override
  public void spanEnded(EndedSpan ended) {
    if (!exporter.executor().isSynchronous()) {
      return;
    }
    synchronized (lock) {
      if (waiting.isEmpty()) {
        waiting = new ArrayList<>();
      }
      waiting.add(ended);
    }
  }

  @Override
  public void completed(Completion complete) {
    synchronized (lock) {
      completion = complete;
    }
  }

  @Override
  public void abandon(DropReason reason) {
    exporter.settleSpans(take().spans().size(), reason);
  }

  @Override
  public void abandonSpans(Collection<String> spanIds, DropReason reason) {
    exporter.settleSpans(spanIds.size(), reason);
  }

  @Override
  public void proceed(@Nullable EndedSpan ended) {
    if (!exporter.executor().isSynchronous() && ended != null) {
      exporter.batch(location, ended);
    }
    proceed(Deadline.never(), false);
  }

  @Override
  public void flush(Deadline deadline) {
    offering.awaitEnd(deadline);
    if (deadline.tryLock(sending)) {
      try {
        proceed(deadline, true);
      } finally {
        sending.unlock();
      }
    }
  }

  private void proceed(Deadline deadline, boolean patient) {
    if (!exporter.executor().isSynchronous()) {
      submitInfo(take(), deadline, patient);
      return;
    }
    sending.lock();
    try {
      Work work = take();
      if (!work.spans().isEmpty()) {
        submit(exporter.spansTask(location, work.spans()), deadline, patient);
      }
      submitInfo(work, deadline, patient);
    } finally {
      sending.unlock();
    }
  }

  private void submitInfo(Work work, Deadline deadline, boolean patient) {
    Completion complete = work.completion();
    if (complete != null) {
      try {
        submit(exporter.infoTask(complete), deadline, patient);
      } finally {
        offering.end();
      }
    }
  }

  private void submit(SettlingTask task, Deadline deadline, boolean patient) {
    exporter.executor().submit(task, deadline, patient).ifPresent(reason -> {
      task.drop(reason);
      exporter.executor().warnOfDrop(reason);
    });
  }

  private Work take() {
    synchronized (lock) {
      Work work = new Work(waiting, completion);
      waiting = List.of();
      if (completion != null) {
        completion = null;
        offering.begin();
      }
      return work;
    }
  }
}
