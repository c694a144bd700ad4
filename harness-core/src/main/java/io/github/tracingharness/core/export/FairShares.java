package io.github.tracingharness.core.export;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares a room among destinations: each may have as many spans in it as there is room left. So one
 * alone fills half of it, two a third each, and whoever comes next finds room, however much the
 * others bring. A destination without spans in the room is forgotten. No lock is taken, except by
 * the first span of a destination.
 *
 * @param <D> where a span is to go
 */
final class FairShares<D> {

  /** Count of a destination that is being forgotten. */
  private static final int GONE = -1;

  private final ConcurrentHashMap<D, AtomicInteger> counts = new ConcurrentHashMap<>();

  /**
   * Lets one more span in if its destination has fewer than that in the room.
   *
   * @param free how many more there is room for
   */
  boolean enter(D destination, int free) {
    while (free > 0) {
      AtomicInteger count = count(destination);
      int own = count.get();
      if (own >= free) {
        return false;
      }
      if (own == GONE) {
        counts.remove(destination, count);
      } else if (count.compareAndSet(own, own + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Lets some out. */
  void leave(D destination, int number) {
    AtomicInteger count = count(destination);
    if (count.addAndGet(-number) == 0 && count.compareAndSet(0, GONE)) {
      counts.remove(destination, count);
    }
  }

  /** Tells whether there is nothing in the room. */
  boolean isEmpty() {
    return counts.isEmpty();
  }

  private AtomicInteger count(D destination) {
    AtomicInteger known = counts.get(destination);
    return known == null ? counts.computeIfAbsent(destination, key -> new AtomicInteger()) : known;
  }
}
