package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.export.ExportQueue.Task;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that one thread has taken out of the queue, and which of them it has settled. */
final class ExportWorker implements CallScope.WaitListener {

  private static final Logger logger = LoggerFactory.getLogger(ExportQueue.class);
  /** How many one thread takes at once if it is the only one. */
  static final int MOST_TASKS = 32;

  private static final long IDLE = Long.MAX_VALUE;

  private final AtomicReferenceArray<Task> taken = new AtomicReferenceArray<>(MOST_TASKS);
  private final Thread thread;
  private final AtomicLong busyFrom = new AtomicLong(IDLE);
  private final CallScope scope = CallScope.ofWorker(this);
  private volatile long begun;
  private volatile boolean waits;

  ExportWorker(ExportWorkers workers, String name) {
    thread = new Thread(() -> workers.serve(this), name);
    thread.setDaemon(true);
  }

  Thread thread() {
    return thread;
  }

  /** Notes the number of the next task; to be called before it is taken. */
  void begin(long number) {
    busyFrom.set(number);
  }

  /** Takes tasks; the caller has the right to. */
  int fill(Queue<Task> tasks, int most) {
    int count = 0;
    while (count < most) {
      Task task = tasks.poll();
      if (task == null) {
        break;
      }
      taken.lazySet(count++, task);
    }
    if (count == 0) {
      busyFrom.set(IDLE);
    }
    return count;
  }

  boolean isBusyBefore(long number) {
    return busyFrom.get() < number;
  }

  /** Tells whether it has work and does not wait for a server meanwhile. */
  boolean isComputing(long longTaskNanos) {
    return busyFrom.get() != IDLE && !waits && System.nanoTime() - begun < longTaskNanos;
  }

  @Override
  public void waitBegins() {
    waits = true;
  }

  @Override
  public void waitEnds() {
    begun = System.nanoTime();
    waits = false;
  }

  /** Does the tasks that were taken. */
  void run(int count, ExportQueue queue) {
    long first = busyFrom.get();
    begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Task task = taken.getAndSet(i, null);
      if (task != null) {
        run(task);
      }
      if (i + 1 < count) {
        // Whoever waits and does not see this in time sees the one of the last task.
        busyFrom.lazySet(first + i + 1);
      } else {
        busyFrom.set(IDLE);
      }
      queue.progressed();
    }
  }

  /** Gives up the tasks that were not begun, and interrupts the one that was. */
  void abandon() {
    for (int i = 0; i < MOST_TASKS; i++) {
      Task task = taken.getAndSet(i, null);
      if (task != null) {
        task.drop(DropReason.SHUTDOWN);
      }
    }
    thread.interrupt();
  }

  private void run(Task task) {
    try {
      task.run(scope);
    } catch (Throwable e) {
      logger.error("A trace could not be exported because of a fault of the exporter", e);
      task.drop(DropReason.INTERNAL_ERROR);
    }
  }
}
