package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounded queue of tasks with its own threads. Offering never waits for a task to run; threads are
 * started when there is work and end after a while without any. A task that throws and a thread
 * that is interrupted cost neither the thread nor any other task.
 */
final class ExportQueue {

  private static final Logger logger = LoggerFactory.getLogger(ExportQueue.class);
  private static final Duration IDLE_LIFE = Duration.ofSeconds(30);
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);

  private final QueueLimits limits;
  private final Settlement settlement = new Settlement();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Ticket> waiting = new ArrayDeque<>();
  private final Set<Thread> workers = new HashSet<>();
  private int idle;
  private long threadNumber;
  private boolean closed;

  ExportQueue(QueueLimits limits) {
    this.limits = limits;
  }

  /** Something to do on a worker. */
  interface Task {

    /** Does the work. */
    void run(CallScope scope);

    /** Is told that the work will not be done. */
    void drop(DropReason reason);
  }

  /** What became of an offer. */
  enum Offer {
    ACCEPTED,
    FULL,
    CLOSED
  }

  private record Ticket(long number, Task task) {}

  QueueLimits limits() {
    return limits;
  }

  /**
   * Offers a task.
   *
   * @param patience until when to wait for room
   */
  Offer offer(Task task, Deadline patience) {
    Thread started = null;
    lock.lock();
    try {
      if (!awaitRoom(patience)) {
        return closed ? Offer.CLOSED : Offer.FULL;
      }
      waiting.add(new Ticket(settlement.begin(), task));
      if (waiting.size() > idle && workers.size() < limits.maxWorkers()) {
        started = newWorker();
      }
      work.signal();
    } finally {
      lock.unlock();
    }
    if (started != null) {
      start(started);
    }
    return Offer.ACCEPTED;
  }

  /** Waits until all tasks that were accepted before are settled; the queue goes on meanwhile. */
  boolean awaitSettled(Deadline deadline) {
    return settlement.await(deadline);
  }

  /**
   * Refuses tasks from now on, waits for those that were accepted, and drops what is left at the
   * deadline.
   */
  boolean close(Deadline deadline) {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    if (settlement.await(deadline)) {
      return true;
    }
    List<Ticket> left;
    lock.lock();
    try {
      left = new ArrayList<>(waiting);
      waiting.clear();
      workers.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
    for (Ticket ticket : left) {
      ticket.task().drop(DropReason.SHUTDOWN);
      settlement.end(ticket.number());
    }
    boolean unused = settlement.await(Deadline.after(STOP_GRACE));
    return false;
  }

  private boolean awaitRoom(Deadline patience) {
    try {
      while (!closed && waiting.size() >= limits.maxTasks()) {
        if (patience.passed()) {
          return false;
        }
        long unused = room.awaitNanos(patience.remainingNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  private Thread newWorker() {
    threadNumber++;
    Thread thread = new Thread(this::serve, "mlflow-trace-export-" + threadNumber);
    thread.setDaemon(true);
    workers.add(thread);
    return thread;
  }

  private void start(Thread thread) {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      lock.lock();
      try {
        workers.remove(thread);
      } finally {
        lock.unlock();
      }
      logger.error("No thread could be started to export traces", e);
    }
  }

  private void serve() {
    try {
      Ticket ticket = next();
      while (ticket != null) {
        run(ticket);
        ticket = next();
      }
    } finally {
      lock.lock();
      try {
        workers.remove(Thread.currentThread());
      } finally {
        lock.unlock();
      }
    }
  }

  private void run(Ticket ticket) {
    try {
      ticket.task().run(CallScope.WORKER);
    } catch (Throwable e) {
      logger.error("A trace could not be exported because of a fault of the exporter", e);
      ticket.task().drop(DropReason.INTERNAL_ERROR);
    } finally {
      settlement.end(ticket.number());
    }
  }

  /** Waits for a ticket; returns null when the thread is to end. */
  private @Nullable Ticket next() {
    Deadline end = Deadline.after(IDLE_LIFE);
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed || end.passed()) {
          return null;
        }
        awaitWork(end);
      }
      room.signal();
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork(Deadline end) {
    idle++;
    try {
      while (waiting.isEmpty() && !closed && !end.passed()) {
        long unused = work.awaitNanos(end.remainingNanos());
      }
    } catch (InterruptedException e) {
      // Not a reason to end: the state of the queue is.
      logger.debug("An idle export thread was interrupted", e);
    } finally {
      idle--;
    }
  }
}
