package io.github.tracingharness.core.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * A moment until which work may last, on the monotonic clock.
 *
 * @param nanoTime the moment as {@link System#nanoTime()} will give it
 * @param limited whether there is a limit at all
 */
public record Deadline(long nanoTime, boolean limited) {

  private static final Deadline NEVER = new Deadline(0, false);

  /** Returns a deadline that never comes. */
  public static Deadline never() {
    return NEVER;
  }

  /** Returns the deadline that comes after a time from now; negative times count as none. */
  public static Deadline after(Duration time) {
    Duration bounded = time.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365) : time;
    return new Deadline(System.nanoTime() + Math.max(0, bounded.toNanos()), true);
  }

  /** Returns a deadline that has passed. */
  public static Deadline now() {
    return after(Duration.ZERO);
  }

  /** Returns the nanoseconds left; 0 once the deadline has passed, very many if it never comes. */
  public long remainingNanos() {
    return limited ? Math.max(0, nanoTime - System.nanoTime()) : Long.MAX_VALUE;
  }

  /** Tells whether the deadline has passed. */
  public boolean passed() {
    return limited && nanoTime - System.nanoTime() <= 0;
  }

  /**
   * Takes a lock if that is possible before the deadline; an interruption counts as the deadline.
   */
  public boolean tryLock(Lock lock) {
    try {
      return lock.tryLock(remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns the earlier of two deadlines. */
  public Deadline earlier(Deadline other) {
    if (!limited) {
      return other;
    }
    return other.limited && other.nanoTime - nanoTime < 0 ? other : this;
  }
}
