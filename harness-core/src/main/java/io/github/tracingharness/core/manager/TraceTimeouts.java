package io.github.tracingharness.core.manager;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again for traces that are open too long, on a daemon thread of its own. */
final class TraceTimeouts {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);

  private final Duration interval;
  private final Runnable check;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private @Nullable Thread thread;
  private volatile boolean started;
  private boolean stopped;

  TraceTimeouts(Duration interval, Runnable check) {
    this.interval = interval;
    this.check = check;
  }

  /** Starts to look, unless that was done before. */
  void start() {
    if (started) {
      return;
    }
    lock.lock();
    try {
      if (thread == null && !stopped) {
        Thread own = new Thread(this::watch, "mlflow-trace-timeout");
        own.setDaemon(true);
        own.start();
        thread = own;
        started = true;
      }
    } catch (OutOfMemoryError e) {
      logger.error("No thread could be started to end traces that are open too long", e);
    } finally {
      lock.unlock();
    }
  }

  /** Stops to look and waits a moment for the thread's end. */
  void stop() {
    Thread running;
    lock.lock();
    try {
      stopped = true;
      running = thread;
      end.signalAll();
    } finally {
      lock.unlock();
    }
    if (running != null) {
      try {
        running.join(STOP_GRACE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void watch() {
    while (awaitInterval()) {
      try {
        check.run();
      } catch (RuntimeException e) {
        logger.warn("The search for traces that are open too long failed", e);
      }
    }
  }

  /** Returns false when the thread is to end. */
  private boolean awaitInterval() {
    lock.lock();
    try {
      long left = interval.toNanos();
      while (!stopped && left > 0) {
        try {
          left = end.awaitNanos(left);
        } catch (InterruptedException e) {
          // Not a reason to end; the next search just comes earlier.
          logger.debug("The thread that looks for timeouts was interrupted", e);
          left = 0;
        }
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }
}
