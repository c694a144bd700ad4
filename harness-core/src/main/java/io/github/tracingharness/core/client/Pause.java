package io.github.tracingharness.core.client;

import java.time.Duration;

/** Waits between two attempts. */
interface Pause {

  /**
   * Waits.
   *
   * @return false if the wait cannot end before the deadline, also if a limit makes it so while
   *     waiting
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  boolean waitFor(Duration time, Deadline deadline) throws InterruptedException;

  /** Limits all waits, also those that last now. */
  void limit(Deadline deadline);

  /** Returns the earlier of a deadline and the limit. */
  Deadline bounded(Deadline deadline);
}
