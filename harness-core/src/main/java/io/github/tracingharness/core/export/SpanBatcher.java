package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects spans and hands them to the executor in batches: full batches as soon as there are
 * enough spans, everything once the oldest span has waited for the interval or somebody drains.
 * Within a batch the spans of one destination make one task, destinations in the order in which
 * they first occur.
 *
 * <p>Adding never waits. The thread is a daemon, starts with the first span that has to wait and
 * ends after a while without any. While the executor's queue is full, spans wait here; beyond the
 * limit they are dropped.
 *
 * @param <D> where a span is to go
 * @param <S> a span with what belongs to it
 */
final class SpanBatcher<D, S> {

  private static final Logger logger = LoggerFactory.getLogger(SpanBatcher.class);
  private static final Duration IDLE_LIFE = Duration.ofSeconds(30);
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);

  private final BatchLimits limits;
  private final ExportExecutor executor;
  private final Packer<D, S> packer;

  /** Held while batches are taken and submitted, so that none is under way when it is free. */
  private final ReentrantLock exporting = new ReentrantLock();

  /** Guards the fields below; never held while something is submitted. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition wake = lock.newCondition();
  private final Deque<Waiting<D, S>> waiting = new ArrayDeque<>();
  private int held;
  private @Nullable Thread worker;
  private boolean closed;

  SpanBatcher(BatchLimits limits, ExportExecutor executor, Packer<D, S> packer) {
    this.limits = limits;
    this.executor = executor;
    this.packer = packer;
  }

  /** Makes the task that delivers some spans or counts their drop. */
  @FunctionalInterface
  interface Packer<D, S> {
    ExportQueue.Task pack(D destination, List<S> spans);
  }

  private record Waiting<D, S>(D destination, S span, Deadline due) {}

  /** Takes a span. */
  void add(D destination, S span) {
    if (limits.maxSpans() == 1) {
      ExportQueue.Task task = packer.pack(destination, List.of(span));
      executor
          .submit(task, Deadline.now(), false)
          .ifPresent(reason -> drop(destination, span, reason));
      return;
    }
    Thread started = null;
    DropReason refused = null;
    lock.lock();
    try {
      if (closed) {
        refused = DropReason.SHUTDOWN;
      } else if (held >= limits.maxWaiting()) {
        refused = DropReason.QUEUE_FULL;
      } else {
        held++;
        waiting.add(new Waiting<>(destination, span, Deadline.after(limits.maxInterval())));
        if (worker == null) {
          started = newWorker();
        } else if (waiting.size() == 1 || waiting.size() >= limits.maxSpans()) {
          wake.signal();
        }
      }
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      drop(destination, span, refused);
    }
    if (started != null) {
      start(started);
    }
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
      submit(countNow(true), deadline);
    } finally {
      exporting.unlock();
    }
  }

  /** Refuses spans from now on, drains, and drops what is left at the deadline. */
  void close(Deadline deadline) {
    Thread running;
    lock.lock();
    try {
      closed = true;
      running = worker;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
    drain(deadline);
    for (Waiting<D, S> left : take(Integer.MAX_VALUE)) {
      settled(1);
      drop(left.destination(), left.span(), DropReason.SHUTDOWN);
    }
    if (running != null && running != Thread.currentThread()) {
      // It may be waiting for room in the queue.
      running.interrupt();
      join(running);
    }
  }

  private static void join(Thread running) {
    try {
      running.join(STOP_GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newWorker() {
    Thread thread = new Thread(this::serve, "mlflow-span-batcher");
    thread.setDaemon(true);
    worker = thread;
    return thread;
  }

  private void start(Thread thread) {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      lock.lock();
      try {
        worker = null;
      } finally {
        lock.unlock();
      }
      logger.error("No thread could be started to batch spans; they wait for a flush", e);
    }
  }

  private void serve() {
    while (awaitBatch()) {
      exporting.lock();
      try {
        submit(countNow(false), Deadline.never());
      } catch (RuntimeException | Error e) {
        logger.error("A fault of the span batcher", e);
      } finally {
        exporting.unlock();
      }
    }
  }

  /** Waits until there is something to hand on; returns false when the thread is to end. */
  private boolean awaitBatch() {
    lock.lock();
    try {
      Deadline idleEnd = Deadline.after(IDLE_LIFE);
      while (!closed) {
        Waiting<D, S> oldest = waiting.peek();
        if (oldest == null && idleEnd.passed()) {
          break;
        }
        if (isDue(oldest)) {
          return true;
        }
        try {
          long unused = wake.awaitNanos((oldest == null ? idleEnd : oldest.due()).remainingNanos());
        } catch (InterruptedException e) {
          // Not a reason to end: the state of the batcher is.
          logger.debug("The span batcher's thread was interrupted", e);
        }
      }
      worker = null;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(@Nullable Waiting<D, S> oldest) {
    return waiting.size() >= limits.maxSpans()
        || (oldest != null && oldest.due().passed());
  }

  /** Counts the spans to hand on now: all of them, or only those of full batches. */
  private int countNow(boolean everything) {
    lock.lock();
    try {
      Waiting<D, S> oldest = waiting.peek();
      return everything || (oldest != null && oldest.due().passed())
          ? waiting.size()
          : waiting.size() / limits.maxSpans() * limits.maxSpans();
    } finally {
      lock.unlock();
    }
  }

  private void submit(int count, Deadline patience) {
    int left = count;
    while (left > 0) {
      List<Waiting<D, S>> batch = take(Math.min(left, limits.maxSpans()));
      left -= batch.size();
      if (batch.isEmpty() || !submitBatch(batch, patience)) {
        return;
      }
    }
  }

  private boolean submitBatch(List<Waiting<D, S>> batch, Deadline patience) {
    Map<D, List<Waiting<D, S>>> groups = new LinkedHashMap<>();
    batch.forEach(item ->
        groups.computeIfAbsent(item.destination(), key -> new ArrayList<>()).add(item));
    List<Waiting<D, S>> back = new ArrayList<>();
    groups.forEach((destination, group) -> {
      ExportQueue.Task task =
          packer.pack(destination, group.stream().map(Waiting::span).toList());
      Optional<DropReason> refused =
          back.isEmpty() ? submit(task, patience) : Optional.of(DropReason.QUEUE_FULL);
      if (refused.isPresent() && refused.get() == DropReason.QUEUE_FULL) {
        back.addAll(group);
      } else {
        settled(group.size());
        refused.ifPresent(task::drop);
      }
    });
    putBack(back);
    return back.isEmpty();
  }

  private Optional<DropReason> submit(ExportQueue.Task task, Deadline patience) {
    Optional<DropReason> refused = executor.submit(task, patience, true);
    // The batcher's own thread waits without limit, so only an interruption can end its wait.
    while (refused.isPresent()
        && refused.get() == DropReason.QUEUE_FULL
        && isWorker()
        && Thread.interrupted()) {
      if (isClosed()) {
        return Optional.of(DropReason.SHUTDOWN);
      }
      refused = executor.submit(task, patience, true);
    }
    return refused;
  }

  private List<Waiting<D, S>> take(int count) {
    lock.lock();
    try {
      List<Waiting<D, S>> taken = new ArrayList<>();
      while (taken.size() < count && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void putBack(List<Waiting<D, S>> items) {
    lock.lock();
    try {
      for (int i = items.size() - 1; i >= 0; i--) {
        waiting.addFirst(items.get(i));
      }
    } finally {
      lock.unlock();
    }
  }

  private void settled(int count) {
    lock.lock();
    try {
      held -= count;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWorker() {
    lock.lock();
    try {
      return worker == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void drop(D destination, S span, DropReason reason) {
    packer.pack(destination, List.of(span)).drop(reason);
    executor.warnOfDroppedSpan(reason);
  }
}
