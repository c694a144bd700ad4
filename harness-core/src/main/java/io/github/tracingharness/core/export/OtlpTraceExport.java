package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.ExportLedger.Account;
import io.github.tracingharness.core.export.OtlpSpanExporter.Item;
import io.github.tracingharness.core.export.TraceExporter.Completion;
import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.export.TraceExporter.TraceExport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Export of one trace through OTLP: its spans, each on its own. */
final class OtlpTraceExport implements TraceExport {

  private final OtlpSpanExporter exporter;
  private final boolean countsTrace;

  /** In synchronous mode a caller waits for what another thread is sending for it. */
  private final ReentrantLock sending = new ReentrantLock();

  private final Object lock = new Object();

  /** In synchronous mode; otherwise each thread hands on its own span. */
  private List<Item> waiting = List.of();

  private boolean completed;
  private boolean rootSettled;
  private @Nullable DropReason rootReason;
  private boolean counted;

  OtlpTraceExport(OtlpSpanExporter exporter, boolean ownRoot) {
    this.exporter = exporter;
    this.countsTrace = ownRoot && !exporter.countsCopies();
  }

  @Override
  public boolean keepsAttachments() {
    return false;
  }

  @Override
  public void spanEnded(EndedSpan ended) {
    if (exporter.countsCopies()) {
      exporter.ledger().spans().created();
    }
    if (exporter.executor().isSynchronous()) {
      synchronized (lock) {
        if (waiting.isEmpty()) {
          waiting = new ArrayList<>();
        }
        waiting.add(new Item(ended, this));
      }
    }
  }

  @Override
  public void completed(Completion complete) {
    exporter.warnOfAttachments(complete.attachments().size());
    synchronized (lock) {
      completed = true;
      countTrace();
    }
  }

  @Override
  public void abandon(DropReason reason) {
    take().forEach(item -> settled(item, reason));
  }

  @Override
  public void abandonSpans(Collection<String> spanIds, DropReason reason) {
    if (!exporter.countsCopies()) {
      exporter.ledger().spans().dropped(reason, spanIds.size());
    }
  }

  @Override
  public void proceed(@Nullable EndedSpan ended) {
    if (exporter.executor().isSynchronous()) {
      send(Deadline.never());
    } else if (ended != null) {
      exporter.batch(new Item(ended, this));
    }
  }

  @Override
  public void flush(Deadline deadline) {
    if (exporter.executor().isSynchronous() && deadline.tryLock(sending)) {
      try {
        send(deadline);
      } finally {
        sending.unlock();
      }
    }
  }

  private void send(Deadline deadline) {
    sending.lock();
    try {
      List<Item> items = take();
      if (!items.isEmpty()) {
        SettlingTask task = exporter.task(items);
        exporter.executor().submit(task, deadline, true).ifPresent(task::drop);
      }
    } finally {
      sending.unlock();
    }
  }

  /** Takes what became of a span; null stands for delivered. */
  void settled(Item item, @Nullable DropReason reason) {
    count(exporter.ledger().spans(), reason);
    if (item.span().isRoot()) {
      synchronized (lock) {
        rootSettled = true;
        rootReason = reason;
        countTrace();
      }
    }
  }

  private void countTrace() {
    if (countsTrace && completed && rootSettled && !counted) {
      counted = true;
      count(exporter.ledger().traces(), rootReason);
    }
  }

  private static void count(Account account, @Nullable DropReason reason) {
    if (reason == null) {
      account.delivered(1);
    } else {
      account.dropped(reason, 1);
    }
  }

  private List<Item> take() {
    synchronized (lock) {
      List<Item> taken = waiting;
      waiting = List.of();
      return taken;
    }
  }
}
