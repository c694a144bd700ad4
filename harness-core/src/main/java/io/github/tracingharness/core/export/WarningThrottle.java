package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets a warning through at most once per interval and counts what it is silent about. */
final class WarningThrottle {

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Object lock = new Object();
  private final LongSupplier nanoTime;
  private long unreported;
  private boolean warned;
  private long lastWarning;

  WarningThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Takes some happenings and returns how many are to be reported now, with those that were not
   * reported before; 0 if it is not time to.
   */
  long take(long count) {
    synchronized (lock) {
      unreported += count;
      long now = nanoTime.getAsLong();
      if (warned && now - lastWarning < INTERVAL.toNanos()) {
        return 0;
      }
      warned = true;
      lastWarning = now;
      long due = unreported;
      unreported = 0;
      return due;
    }
  }
}
