package io.github.tracingharness.conformance.selftest.otlp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A moment until which something has to be over, or none. */
final class Deadline {

  /** No limit. */
  static final Deadline NONE = new Deadline(0, false);

  private final long nanos;
  private final boolean limited;

  private Deadline(long nanos, boolean limited) {
    this.nanos = nanos;
    this.limited = limited;
  }

  /** So many milliseconds from now. */
  static Deadline in(long millis) {
    return new Deadline(System.nanoTime() + millis * 1_000_000, true);
  }

  /** Returns the earlier one. */
  Deadline or(Deadline other) {
    if (!limited) {
      return other;
    }
    return other.limited && other.nanos - nanos < 0 ? other : this;
  }

  boolean leaves(Duration wait) {
    return !limited || nanos - System.nanoTime() > wait.toNanos();
  }

  boolean isOver() {
    return !leaves(Duration.ZERO);
  }

  /** Returns what is left in milliseconds, at least 1; 0 stands for no limit. */
  int leftMillis() throws IOException {
    if (!limited) {
      return 0;
    }
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("the time for the export is over");
    }
    return (int) Math.max(1, Math.min(left / 1_000_000, Integer.MAX_VALUE));
  }

  /** Returns what is left in nanoseconds, not negative, for waits. */
  long leftNanos() {
    return limited ? Math.max(0, nanos - System.nanoTime()) : Long.MAX_VALUE / 2;
  }
}
