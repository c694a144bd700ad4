package io.github.tracingharness.core.export;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many characters the values of the large spans have that wait for their export. Small ones are
 * bounded by their number, and to count them would cost every span.
 */
final class WaitingSize {

  /** Spans with fewer characters count as none. */
  static final int LARGE = 4096;

  private final long limit;
  private final AtomicLong waiting = new AtomicLong();

  WaitingSize(long limit) {
    this.limit = limit;
  }

  /** Counts a span and returns what it counts for. */
  long add(long size) {
    if (size < LARGE) {
      return 0;
    }
    waiting.addAndGet(size);
    return size;
  }

  /**
   * Counts a span, unless more would wait than may; returns false then. A small one, and one beside
   * nothing else, always may.
   */
  boolean offer(long size) {
    if (size < LARGE) {
      return true;
    }
    while (true) {
      long all = waiting.get();
      if (all > 0 && all > limit - size) {
        return false;
      }
      if (waiting.compareAndSet(all, all + size)) {
        return true;
      }
    }
  }

  /** Counts no longer a span, or several, of which none is small. */
  void remove(long size) {
    if (size >= LARGE) {
      waiting.addAndGet(-size);
    }
  }

  long chars() {
    return waiting.get();
  }

  /** Tells whether more waits than may, however much of it belongs to one trace. */
  boolean isBeyondLimit() {
    return waiting.get() > limit;
  }

  /** Tells whether more waits than may; what one trace has, beside nothing else, always may. */
  boolean isFull(long own) {
    long all = waiting.get();
    return all > limit && all > own;
  }
}
