package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether some thread has taken what was handed over and is about to bring it to the executor. A
 * flush waits for the end of that; nobody else does.
 */
final class Offering {

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final AtomicInteger underWay = new AtomicInteger();

  /** To be called under the lock under which it is taken. */
  void begin() {
    underWay.incrementAndGet();
  }

  /** To be called when the executor has it, or it is back where it was. */
  void end() {
    underWay.decrementAndGet();
  }

  /** Waits; an interruption counts as the end of the wait. */
  void awaitEnd(Deadline deadline) {
    while (underWay.get() > 0 && !deadline.passed() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }
}
