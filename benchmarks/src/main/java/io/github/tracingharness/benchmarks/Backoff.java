package io.github.tracingharness.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Waits of one thread for another one: spins for a moment, then leaves the core to others. */
final class Backoff {

  /** Waits without a pause before the first pause. */
  static final int SPINS = 200;

  /** Length of a pause. */
  static final long PARK_NANOS = 1_000;

  private int waits;

  /** Begins anew after something has happened. */
  void reset() {
    waits = 0;
  }

  /** Waits a little. */
  void pause() {
    if (waits++ < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PARK_NANOS);
    }
  }
}
