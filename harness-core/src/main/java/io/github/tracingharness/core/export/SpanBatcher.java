package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.OverloadPolicy.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects spans and hands them to the executor in batches: full batches as soon as there are
 * enough spans, everything once the oldest span has waited for the interval or somebody drains.
 * Within a batch the spans of one destination make one task, destinations in the order in which
 * they first occur.
 *
 * <p>Adding takes no lock and wakes the thread at most once per batch. While the executor's queue
 * is full, spans wait here; beyond the limit the overload policy says what becomes of them.
 *
 * @param <D> where a span is to go
 * @param <S> a span with what belongs to it
 */
final class SpanBatcher<D, S> {

  private static final Logger logger = LoggerFactory.getLogger(SpanBatcher.class);
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);
  private static final long ROOM_CHECK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final BatchLimits limits;
  private final ExportExecutor executor;
  private final Packer<D, S> packer;
  private final WaitingSpans<D, S> waiting;
  private final BatcherThread thread;

  /** Held while batches are taken and submitted, so that none is under way when it is free. */
  private final ReentrantLock exporting = new ReentrantLock();

  private volatile boolean closed;
  private volatile boolean ended;

  SpanBatcher(BatchLimits limits, ExportExecutor executor, Packer<D, S> packer) {
    this.limits = limits;
    this.executor = executor;
    this.packer = packer;
    this.waiting = new WaitingSpans<>(limits.maxWaiting());
    this.thread = new BatcherThread(limits, waiting::size, this::submitDue);
  }

  /** Makes the task that delivers some spans or counts their drop. */
  @FunctionalInterface
  interface Packer<D, S> {

    ExportQueue.Task pack(D destination, List<S> spans);

    /** Counts the drop of a span that is in no task. */
    default void drop(D destination, S span, DropReason reason) {
      pack(destination, List.of(span)).drop(reason);
    }
  }

  /** Takes a span. */
  void add(D destination, S span) {
    if (limits.maxSpans() == 1) {
      submitAlone(destination, span);
    } else if (closed) {
      drop(destination, span, DropReason.SHUTDOWN);
    } else if (waiting.offer(destination, span)) {
      added();
    } else {
      overload(destination, span);
    }
  }

  private void added() {
    thread.spanAdded();
    if (ended) {
      dropAll();
    }
  }

  private void overload(D destination, S span) {
    OverloadPolicy policy = executor.overload();
    if (policy.kind() == Kind.CALLER_RUNS) {
      submitAlone(destination, span);
      return;
    }
    Deadline patience =
        policy.kind() == Kind.BLOCK ? Deadline.after(policy.patience()) : Deadline.now();
    while (!patience.passed() && !closed && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, ROOM_CHECK_NANOS);
      if (waiting.offer(destination, span)) {
        added();
        return;
      }
    }
    drop(destination, span, closed ? DropReason.SHUTDOWN : DropReason.QUEUE_FULL);
  }

  private void submitAlone(D destination, S span) {
    executor
        .submit(packer.pack(destination, List.of(span)), Deadline.never(), false)
        .ifPresent(reason -> drop(destination, span, reason));
  }

  /**
   * Hands on every span that was added before, as far as the queue has room for it until the
   * deadline; the others go on waiting.
   */
  void drain(Deadline deadline) {
    try {
      if (!exporting.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      submit(waiting.size(), deadline);
    } finally {
      exporting.unlock();
    }
  }

  /** Refuses spans from now on, drains, and drops what is left at the deadline. */
  void close(Deadline deadline) {
    closed = true;
    drain(deadline);
    ended = true;
    dropAll();
    // It may be waiting for room in the queue.
    thread.end(STOP_GRACE);
    dropAll();
  }

  private void dropAll() {
    for (WaitingSpans.Entry<D, S> left : waiting.take(Integer.MAX_VALUE)) {
      waiting.settled(1);
      drop(left.destination(), left.span(), DropReason.SHUTDOWN);
    }
  }

  /** Submits what is due, on the batcher's own thread. */
  private void submitDue(boolean everything) {
    exporting.lock();
    try {
      int count = waiting.size();
      submit(everything ? count : count / limits.maxSpans() * limits.maxSpans(), Deadline.never());
    } catch (RuntimeException | Error e) {
      logger.error("A fault of the span batcher", e);
    } finally {
      exporting.unlock();
    }
  }

  private void submit(int count, Deadline patience) {
    int left = count;
    while (left > 0) {
      List<WaitingSpans.Entry<D, S>> batch = waiting.take(Math.min(left, limits.maxSpans()));
      left -= batch.size();
      if (batch.isEmpty() || !submitBatch(batch, patience)) {
        return;
      }
    }
  }

  private boolean submitBatch(List<WaitingSpans.Entry<D, S>> batch, Deadline patience) {
    Map<D, List<WaitingSpans.Entry<D, S>>> groups = new LinkedHashMap<>();
    for (WaitingSpans.Entry<D, S> entry : batch) {
      groups
          .computeIfAbsent(entry.destination(), key -> new ArrayList<>(batch.size()))
          .add(entry);
    }
    List<WaitingSpans.Entry<D, S>> back = new ArrayList<>(0);
    groups.forEach((destination, group) -> {
      List<S> spans = new ArrayList<>(group.size());
      group.forEach(entry -> spans.add(entry.span()));
      ExportQueue.Task task = packer.pack(destination, spans);
      Optional<DropReason> refused =
          back.isEmpty() ? submit(task, patience) : Optional.of(DropReason.QUEUE_FULL);
      if (refused.isPresent() && refused.get() == DropReason.QUEUE_FULL) {
        back.addAll(group);
      } else {
        waiting.settled(group.size());
        refused.ifPresent(task::drop);
      }
    });
    waiting.putBack(back);
    return back.isEmpty();
  }

  private Optional<DropReason> submit(ExportQueue.Task task, Deadline patience) {
    Optional<DropReason> refused = executor.submit(task, patience, true);
    // The batcher's own thread waits without limit, so only an interruption can end its wait.
    while (refused.isPresent()
        && refused.get() == DropReason.QUEUE_FULL
        && thread.isCurrent()
        && Thread.interrupted()) {
      if (closed) {
        return Optional.of(DropReason.SHUTDOWN);
      }
      refused = executor.submit(task, patience, true);
    }
    return refused;
  }

  private void drop(D destination, S span, DropReason reason) {
    packer.drop(destination, span, reason);
    executor.warnOfDroppedSpan(reason);
  }
}
