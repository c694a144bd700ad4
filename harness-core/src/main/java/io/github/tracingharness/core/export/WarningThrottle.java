package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets a warning through at most once per interval and counts what it is silent about. */
final class WarningThrottle {

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Object lock = new Object();
  private final LongSupplier nanoTime;
  private final LongAdder unreported = new LongAdder();
  private volatile @Nullable Long lastWarning;

  WarningThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Takes some happenings and returns how many are to be reported now, with those that were not
   * reported before; 0 if it is not time to. Takes no lock unless it is time to.
   */
  long take(long count) {
    unreported.add(count);
    long now = nanoTime.getAsLong();
    if (isSilent(now)) {
      return 0;
    }
    synchronized (lock) {
      if (isSilent(now)) {
        return 0;
      }
      lastWarning = now;
      return unreported.sumThenReset();
    }
  }

  private boolean isSilent(long now) {
    Long last = lastWarning;
    return last != null && now - last < INTERVAL.toNanos();
  }
}
