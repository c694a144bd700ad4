package io.github.tracingharness.core.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits on the monotonic clock. */
final class MonotonicPause implements Pause {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition limited = lock.newCondition();
  private Deadline limit = Deadline.never();

  @Override
  public boolean waitFor(Duration time, Deadline deadline) throws InterruptedException {
    Deadline end = Deadline.after(time);
    lock.lockInterruptibly();
    try {
      while (!end.passed()) {
        Deadline last = deadline.earlier(limit);
        if (last.limited() && last.nanoTime() - end.nanoTime() < 0) {
          return false;
        }
        long unused = limited.awaitNanos(end.remainingNanos());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void limit(Deadline deadline) {
    lock.lock();
    try {
      limit = limit.earlier(deadline);
      limited.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Deadline bounded(Deadline deadline) {
    lock.lock();
    try {
      return deadline.earlier(limit);
    } finally {
      lock.unlock();
    }
  }
}
