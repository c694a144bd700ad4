package io.github.tracingharness.core.export;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long the oldest span has waited, from looks at how many have come and how many have gone: no
 * span needs a time of its own for that. A span counts from the first look after it came.
 */
final class WaitingTime {

  private final long intervalNanos;
  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * Creates one that has not looked yet.
   *
   * @param intervalNanos the shortest time between two looks that are remembered, in ns; what comes
   *     between them counts from the later one
   */
  WaitingTime(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /**
   * What was seen.
   *
   * @param come how many spans had come by then
   */
  private record Look(long nanoTime, long come) {}

  /**
   * Looks at the spans.
   *
   * @param gone how many are gone, all of them older than the others
   * @param come how many have come, those that are gone included
   * @param now the reading of {@link System#nanoTime}
   * @return the time for which the oldest of those that wait has been seen, in ns
   */
  long look(long gone, long come, long now) {
    while (!looks.isEmpty() && looks.getFirst().come() <= gone) {
      looks.removeFirst();
    }
    Look last = looks.peekLast();
    if (come > gone && (last == null || now - last.nanoTime() >= intervalNanos)) {
      looks.addLast(new Look(now, come));
    }
    return looks.isEmpty() ? 0 : now - looks.getFirst().nanoTime();
  }
}
