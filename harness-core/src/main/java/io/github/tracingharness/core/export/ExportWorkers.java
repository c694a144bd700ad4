package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of an export queue: started when there is work, ended after a while without any.
 *
 * <p>A worker without work looks again every millisecond for a while before it sleeps. As long as
 * one looks, nobody has to be woken before the queue fills, which is the larger part of the price
 * of a hand-over. A worker that finds work and leaves more behind wakes the next one.
 *
 * <p>There are many workers so that many can wait for the server. Those that do not wait take the
 * processor from the application, so a worker begins nothing new while half of the processors have
 * one already.
 */
final class ExportWorkers {

  private static final Logger logger = LoggerFactory.getLogger(ExportQueue.class);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOKING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SHORT_TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final ExportQueue queue;
  private final int most;
  private final int mostComputing;
  private final long longTaskNanos;
  private final List<ExportWorker> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong lastNumber = new AtomicLong();

  /** Workers that look at the queue by themselves before long, or were just woken to do so. */
  private final AtomicInteger looking = new AtomicInteger();

  private final ConcurrentLinkedDeque<ExportWorker> sleeping = new ConcurrentLinkedDeque<>();

  /** The one that looks and waits for the next tick, as long as it need not be disturbed. */
  private volatile @Nullable ExportWorker ticking;

  /**
   * Creates the threads' home without starting any.
   *
   * @param most how many there may be
   * @param mostComputing how many of them may have begun something and not wait for the server
   * @param longTask a task that takes longer is taken to wait for something, even if it does not
   *     say so
   */
  ExportWorkers(ExportQueue queue, int most, int mostComputing, Duration longTask) {
    this.queue = queue;
    this.most = most;
    this.mostComputing = mostComputing;
    this.longTaskNanos = longTask.toNanos();
  }

  /** Sees to it that a task that was just added is found. */
  void added() {
    if (looking.get() == 0) {
      wakeOne();
      return;
    }
    ExportWorker idle = ticking;
    if (idle != null && queue.isFilling()) {
      ticking = null;
      LockSupport.unpark(idle.thread());
    }
  }

  /** Sees to it that a source that is ready is asked. */
  void sourceIsReady() {
    ExportWorker idle = ticking;
    if (idle != null) {
      ticking = null;
      LockSupport.unpark(idle.thread());
    } else if (looking.get() == 0) {
      wakeOne();
    }
  }

  /** Has the queue looked at now rather than with the next tick. */
  void hurry() {
    added();
    all.forEach(worker -> LockSupport.unpark(worker.thread()));
  }

  /** Has every worker look at the queue. */
  void wakeAll() {
    ExportWorker worker = sleeping.pollLast();
    while (worker != null) {
      looking.incrementAndGet();
      LockSupport.unpark(worker.thread());
      worker = sleeping.pollLast();
    }
    hurry();
  }

  boolean nobodyIsBusyBefore(long number) {
    for (ExportWorker worker : all) {
      if (worker.isBusyBefore(number)) {
        return false;
      }
    }
    return true;
  }

  /** Gives up what the workers have not begun. */
  void abandon() {
    all.forEach(ExportWorker::abandon);
  }

  private void wakeOne() {
    boolean nobodyToWake = sleeping.isEmpty() && (count.get() >= most || !queue.hasWork());
    if (nobodyToWake || !looking.compareAndSet(0, 1)) {
      return;
    }
    // From here on the one that is woken counts as looking, so that only one is.
    ExportWorker sleeper = sleeping.pollLast();
    if (sleeper != null) {
      LockSupport.unpark(sleeper.thread());
    } else if (!start()) {
      looking.decrementAndGet();
    }
  }

  private boolean start() {
    if (queue.isEnded()) {
      return false;
    }
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    ExportWorker worker =
        new ExportWorker(this, "mlflow-trace-export-" + lastNumber.incrementAndGet());
    all.add(worker);
    try {
      worker.thread().start();
      return true;
    } catch (OutOfMemoryError e) {
      all.remove(worker);
      count.decrementAndGet();
      logger.error("No thread could be started to export traces", e);
      return false;
    }
  }

  /** The life of a worker; it begins as one that looks. */
  void serve(ExportWorker worker) {
    boolean looks = true;
    long idleSince = System.nanoTime();
    try {
      while (true) {
        int taken = mayCompute() ? queue.take(worker, looks) : 0;
        if (taken > 0) {
          if (looks && looking.decrementAndGet() == 0 && queue.hasWork()) {
            wakeOne();
          }
          looks = false;
          worker.run(taken, queue);
          idleSince = System.nanoTime();
        } else if (!looks) {
          // Said first, then looked again: a producer sees one or the other.
          looking.incrementAndGet();
          looks = true;
        } else if (queue.isClosed()) {
          return;
        } else if (looking.get() == 1
            && (queue.hasWork() || System.nanoTime() - idleSince < LOOKING_NANOS)) {
          tick(worker);
        } else if (!sleep(worker, idleSince)) {
          looks = false;
          return;
        }
      }
    } finally {
      if (looks) {
        looking.decrementAndGet();
      }
      all.remove(worker);
      count.decrementAndGet();
      // A task may have been added while the last one that looked went away.
      added();
    }
  }

  /** Tells whether one more may begin; at the end all may, as no application waits for a turn. */
  private boolean mayCompute() {
    int computing = 0;
    for (ExportWorker worker : all) {
      computing += worker.isComputing(longTaskNanos) ? 1 : 0;
    }
    return computing < mostComputing || queue.isClosed();
  }

  private void tick(ExportWorker worker) {
    if (!mayCompute()) {
      park(TICK_NANOS);
      return;
    }
    ticking = worker;
    // Said first, then looked again: a producer sees one or the other.
    // What is there and could not be taken has a place that its producer has yet to fill.
    park(queue.hasWork() ? SHORT_TICK_NANOS : TICK_NANOS);
    ticking = null;
  }

  /** Sleeps until it is woken to look; returns false if it is not to look any more. */
  private boolean sleep(ExportWorker worker, long idleSince) {
    sleeping.addLast(worker);
    looking.decrementAndGet();
    while (true) {
      boolean tired = System.nanoTime() - idleSince > IDLE_NANOS;
      boolean needed = queue.hasWork() && (looking.get() == 0 || mayCompute());
      if (needed || queue.isClosed() || tired) {
        if (!sleeping.removeLastOccurrence(worker)) {
          // Woken, and counted as looking by who did it.
          return true;
        }
        if (tired && !queue.hasWork()) {
          return false;
        }
        looking.incrementAndGet();
        return true;
      }
      park(IDLE_NANOS);
      if (!sleeping.contains(worker)) {
        return true;
      }
    }
  }

  private void park(long nanos) {
    LockSupport.parkNanos(this, nanos);
    // Not a reason to end, but the next park would not wait.
    boolean unused = Thread.interrupted();
  }
}
