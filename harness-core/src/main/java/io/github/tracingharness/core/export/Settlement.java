package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which pieces of work are under way, and lets others wait for all those that were begun
 * before.
 */
final class Settlement {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final TreeSet<Long> unsettled = new TreeSet<>();
  private long last;

  /** Begins a piece of work and returns its number. */
  long begin() {
    lock.lock();
    try {
      last++;
      unsettled.add(last);
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a piece of work. */
  void end(long number) {
    lock.lock();
    try {
      unsettled.remove(number);
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for all work that was begun before this call; an interruption counts as the end of the
   * wait.
   */
  boolean await(Deadline deadline) {
    lock.lock();
    try {
      long newest = last;
      while (!unsettled.isEmpty() && unsettled.first() <= newest) {
        if (deadline.passed()) {
          return false;
        }
        long unused = settled.awaitNanos(deadline.remainingNanos());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
