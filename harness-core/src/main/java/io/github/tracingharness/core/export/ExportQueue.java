package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Bounded queue of tasks with its own threads. Offering takes no lock and wakes a thread only if
 * none is looking for work; it never waits for a task to run. A task that throws and a thread that
 * is interrupted cost neither the thread nor any other task.
 *
 * <p>Tasks have the numbers of their places in the queue. A number is taken under a lock that only
 * workers want, together with the note of who works on it; so everything before a number is settled
 * once the queue has passed it and no worker is busy with an earlier one. Producers pay nothing for
 * that.
 */
final class ExportQueue {

  private static final Duration STOP_GRACE = Duration.ofSeconds(1);
  private static final Duration LONG_TASK = Duration.ofMillis(10);
  private static final long NOTHING = Long.MAX_VALUE;
  private static final long ANYTHING = Long.MIN_VALUE;
  private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final QueueLimits limits;
  private final MpscAtomicArrayQueue<Task> tasks;
  private final int filling;
  private final ExportWorkers workers;
  private final List<Source> sources = new CopyOnWriteArrayList<>();

  /** Held by whoever takes tasks out. */
  private final ReentrantLock taking = new ReentrantLock();

  /** For those who wait; neither producers nor workers need it while nobody does. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** The number that the queue has to have passed before somebody is worth waking. */
  private volatile long awaited = NOTHING;

  private volatile boolean closed;
  private volatile boolean ended;

  ExportQueue(QueueLimits limits) {
    this(limits, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), LONG_TASK);
  }

  /** Creates a queue; for the last two see {@link ExportWorkers}. */
  ExportQueue(QueueLimits limits, int mostComputing, Duration longTask) {
    this.limits = limits;
    this.tasks = new MpscAtomicArrayQueue<>(Math.max(2, limits.maxTasks()));
    this.filling = Math.max(1, limits.maxTasks() / 4);
    this.workers = new ExportWorkers(this, limits.maxWorkers(), mostComputing, longTask);
  }

  /** Something to do on a worker. */
  interface Task {

    /** Does the work. */
    void run(CallScope scope);

    /** Is told that the work will not be done. */
    void drop(DropReason reason);
  }

  /** Has spans from which tasks can be made; a worker without work asks for one. */
  interface Source {

    /** Tells whether there is enough for a task. */
    boolean isReady();

    /** Offers a task, if there is enough and there is room. */
    void feed();
  }

  /** What became of an offer. */
  enum Offer {
    ACCEPTED,
    FULL,
    CLOSED
  }

  /** Has workers ask a source, too. */
  void add(Source source) {
    sources.add(source);
  }

  /** Is told, again and again if need be, that a source is ready. */
  void sourceIsReady() {
    workers.sourceIsReady();
  }

  /** Offers a task; waits for nothing. */
  Offer offer(Task task) {
    if (closed) {
      return Offer.CLOSED;
    }
    // The bound is exact, whatever the capacity was rounded to.
    if (!tasks.offerIfBelowThreshold(task, limits.maxTasks())) {
      return Offer.FULL;
    }
    workers.added();
    if (ended) {
      dropAll();
    }
    return Offer.ACCEPTED;
  }

  /**
   * Offers a task.
   *
   * @param patience until when to wait for room
   */
  Offer offer(Task task, Deadline patience) {
    Offer result = offer(task);
    while (result == Offer.FULL
        && !patience.passed()
        && await(ANYTHING, () -> closed || tasks.size() < limits.maxTasks(), patience)) {
      result = offer(task);
    }
    return result;
  }

  /** Waits until all tasks that were accepted before are settled; the queue goes on meanwhile. */
  boolean awaitSettled(Deadline deadline) {
    long end = tasks.currentProducerIndex();
    if (isSettled(end)) {
      return true;
    }
    workers.hurry();
    return await(end, () -> isSettled(end), deadline);
  }

  /**
   * Refuses tasks from now on, waits for those that were accepted, and drops what is left at the
   * deadline.
   */
  boolean close(Deadline deadline) {
    closed = true;
    signal();
    workers.wakeAll();
    boolean settled = awaitSettled(deadline);
    ended = true;
    dropAll();
    if (!settled) {
      workers.abandon();
    }
    workers.wakeAll();
    if (!settled) {
      boolean unused = awaitSettled(Deadline.after(STOP_GRACE));
    }
    return settled;
  }

  /**
   * Takes tasks for a worker, several at once while many wait; returns how many.
   *
   * @param feed whether to ask the sources if there are none
   */
  int take(ExportWorker worker, boolean feed) {
    if (feed && tasks.isEmpty() && !closed) {
      sources.forEach(Source::feed);
    }
    int count;
    taking.lock();
    try {
      if (ended) {
        return 0;
      }
      worker.begin(tasks.currentConsumerIndex());
      // Few at once where several work: those behind a slow one wait for it.
      int most = Math.min(tasks.size() / 4, ExportWorker.MOST_TASKS) / limits.maxWorkers();
      count = worker.fill(tasks, Math.max(1, most));
    } finally {
      taking.unlock();
    }
    if (count > 0) {
      progressed();
    }
    return count;
  }

  /** Tells those who wait that a task was taken or settled. */
  void progressed() {
    long number = awaited;
    if (number != NOTHING && tasks.currentConsumerIndex() >= number) {
      signal();
    }
  }

  boolean hasRoom() {
    return tasks.size() < limits.maxTasks();
  }

  /** Tells whether there is a task, or a source that can make one. */
  boolean hasWork() {
    if (!tasks.isEmpty() || closed) {
      return !tasks.isEmpty();
    }
    for (Source source : sources) {
      if (source.isReady()) {
        return true;
      }
    }
    return false;
  }

  /** Whether so many wait that they should not wait for a worker's next look. */
  boolean isFilling() {
    return tasks.size() >= filling;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isEnded() {
    return ended;
  }

  private boolean isSettled(long end) {
    return tasks.currentConsumerIndex() >= end && workers.nobodyIsBusyBefore(end);
  }

  private void dropAll() {
    List<Task> left = new ArrayList<>();
    taking.lock();
    try {
      for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
        left.add(task);
      }
    } finally {
      taking.unlock();
    }
    left.forEach(task -> task.drop(DropReason.SHUTDOWN));
  }

  /**
   * Waits for a condition that does not hold before the queue has passed a number; an interruption
   * counts as the end of the wait.
   */
  private boolean await(long number, BooleanSupplier condition, Deadline deadline) {
    lock.lock();
    try {
      while (true) {
        // Said first, then looked: a worker sees one or the other.
        awaited = Math.min(awaited, number);
        if (condition.getAsBoolean()) {
          return true;
        }
        if (deadline.passed()) {
          return false;
        }
        long unused = changed.awaitNanos(Math.min(RECHECK_NANOS, deadline.remainingNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever goes on waiting says again for what. */
  private void signal() {
    lock.lock();
    try {
      awaited = NOTHING;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
