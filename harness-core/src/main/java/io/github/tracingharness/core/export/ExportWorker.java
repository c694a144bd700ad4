package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.export.ExportQueue.Task;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that one thread has taken out of the queue, and which of them it has settled. */
final class ExportWorker {

  private static final Logger logger = LoggerFactory.getLogger(ExportQueue.class);
  private static final int MOST_TASKS = 8;
  private static final long IDLE = Long.MAX_VALUE;

  private final AtomicReferenceArray<Task> taken = new AtomicReferenceArray<>(MOST_TASKS);
  private final Thread thread;
  private volatile long busyFrom = IDLE;

  ExportWorker(ExportWorkers workers, String name) {
    thread = new Thread(() -> workers.serve(this), name);
    thread.setDaemon(true);
  }

  Thread thread() {
    return thread;
  }

  /** Notes the number of the next task; to be called before it is taken. */
  void begin(long number) {
    busyFrom = number;
  }

  /** Takes tasks; the caller has the right to. */
  int fill(Queue<Task> tasks, int most) {
    int count = 0;
    while (count < Math.min(most, MOST_TASKS)) {
      Task task = tasks.poll();
      if (task == null) {
        break;
      }
      taken.set(count++, task);
    }
    if (count == 0) {
      busyFrom = IDLE;
    }
    return count;
  }

  boolean isBusyBefore(long number) {
    return busyFrom < number;
  }

  /** Does the tasks that were taken. */
  void run(int count, ExportQueue queue) {
    long first = busyFrom;
    for (int i = 0; i < count; i++) {
      Task task = taken.getAndSet(i, null);
      if (task != null) {
        run(task);
      }
      busyFrom = i + 1 < count ? first + i + 1 : IDLE;
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

  private static void run(Task task) {
    try {
      task.run(CallScope.WORKER);
    } catch (Throwable e) {
      logger.error("A trace could not be exported because of a fault of the exporter", e);
      task.drop(DropReason.INTERNAL_ERROR);
    }
  }
}
