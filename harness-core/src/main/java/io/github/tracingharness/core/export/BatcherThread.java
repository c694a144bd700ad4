package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a batcher: finds out when spans are due. It is a daemon, starts with the first span
 * that has to wait, and ends after a while without any.
 *
 * <p>It is woken by the first span after a pause. Then it looks by itself until the oldest span is
 * due; full batches are fetched by the workers before that, as a rule.
 */
final class BatcherThread {

  private static final Logger logger = LoggerFactory.getLogger(SpanBatcher.class);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOKING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int TICKS_PER_INTERVAL = 8;

  /** Workers that settle a batch take the next one by themselves, so this is for the first. */
  private static final long ROOM_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final int batchSize;
  private final long intervalNanos;
  private final long tickNanos;
  private final WaitingSpans<?> waiting;
  private final Submitter submitter;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<State> state = new AtomicReference<>(State.ABSENT);
  private volatile @Nullable Thread thread;
  private volatile boolean ended;

  /**
   * Creates the thread without starting it.
   *
   * @param waiting the spans
   * @param submitter hands on what is due
   */
  BatcherThread(BatchLimits limits, WaitingSpans<?> waiting, Submitter submitter) {
    this.batchSize = limits.maxSpans();
    this.intervalNanos = limits.maxInterval().toNanos();
    this.tickNanos = Math.max(1, Math.min(LONGEST_TICK_NANOS, intervalNanos / TICKS_PER_INTERVAL));
    this.waiting = waiting;
    this.submitter = submitter;
  }

  /** Hands on full batches, or everything; false if there is no room for some of it. */
  @FunctionalInterface
  interface Submitter {
    boolean submit(boolean everything);
  }

  private enum State {
    /** There is no thread. */
    ABSENT,
    /** It works, or was woken to. */
    AWAKE,
    /** It looks by itself before the oldest span is due. */
    LOOKING,
    /** It wants to know of the next span. */
    ASLEEP
  }

  /** Is told of each span, after it was added. */
  void spanAdded() {
    State now = state.get();
    if (now == State.AWAKE || now == State.LOOKING) {
      return;
    }
    if (now == State.ABSENT) {
      start();
    } else if (state.compareAndSet(now, State.AWAKE)) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends the thread, whatever it waits for, and gives it a moment to. */
  void end(Duration grace) {
    ended = true;
    Thread running = thread;
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    running.interrupt();
    try {
      running.join(grace.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    lock.lock();
    try {
      if (ended || !state.compareAndSet(State.ABSENT, State.AWAKE)) {
        return;
      }
      Thread own = new Thread(this::serve, "mlflow-span-batcher");
      own.setDaemon(true);
      thread = own;
      own.start();
    } catch (OutOfMemoryError e) {
      thread = null;
      state.set(State.ABSENT);
      logger.error("No thread could be started to batch spans; they wait for a flush", e);
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    WaitingTime waitingTime = new WaitingTime(tickNanos);
    long lastSpan = System.nanoTime();
    while (!ended) {
      long gone = waiting.gone();
      long come = waiting.come();
      long now = System.nanoTime();
      if (come > gone) {
        lastSpan = now;
      }
      // The oldest may have come a tick before it was seen first.
      long left = intervalNanos - tickNanos - waitingTime.look(gone, come, now);
      if (left <= 0 || come - gone >= batchSize) {
        if (!submitter.submit(left <= 0)) {
          park(ROOM_CHECK_NANOS);
        }
      } else if (now - lastSpan < LOOKING_NANOS) {
        pause(State.LOOKING, Math.min(left, tickNanos), Integer.MAX_VALUE);
      } else if (now - lastSpan < IDLE_NANOS) {
        pause(State.ASLEEP, IDLE_NANOS, 1);
      } else if (retire()) {
        return;
      }
    }
  }

  /** Waits to be woken, unless there is enough to do already. */
  private void pause(State meanwhile, long nanos, int enough) {
    state.set(meanwhile);
    // Said first, then looked again: whoever adds a span sees one or the other.
    if (waiting.size() < enough && !ended) {
      park(nanos);
    }
    state.set(State.AWAKE);
  }

  private void park(long nanos) {
    LockSupport.parkNanos(this, nanos);
    // Not a reason to end, but the next park would not wait.
    boolean unused = Thread.interrupted();
  }

  /** Returns true if no span needs the thread any more. */
  private boolean retire() {
    lock.lock();
    try {
      thread = null;
      state.set(State.ABSENT);
      if (waiting.size() > 0 && state.compareAndSet(State.ABSENT, State.AWAKE)) {
        thread = Thread.currentThread();
        return false;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
