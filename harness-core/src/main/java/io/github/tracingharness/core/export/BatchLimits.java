package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits of the batches in which spans travel.
 *
 * @param maxSpans how many spans one batch has at most; 1 stands for no batches
 * @param maxInterval how long a span waits for its batch to become full
 * @param maxWaiting how many spans of one destination may wait at once, for their batch to become
 *     full or for a worker that takes it, at least {@code maxSpans}; where there are several
 *     destinations, twice as many in all
 */
public record BatchLimits(int maxSpans, Duration maxInterval, int maxWaiting) {

  /** Default of {@link #maxSpans}. */
  public static final int DEFAULT_MAX_SPANS = 5;

  /** Default of {@link #maxInterval}. */
  public static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(5);

  private static final int MOST_WAITING = 1_000_000;

  /** Checks the limits. */
  public BatchLimits {
    Objects.requireNonNull(maxInterval, "maxInterval");
    if (maxSpans < 1 || maxWaiting < maxSpans) {
      throw new IllegalArgumentException(
          "maxSpans must be positive and maxWaiting not less than maxSpans");
    }
    if (maxInterval.isNegative() || maxInterval.isZero()) {
      throw new IllegalArgumentException("maxInterval must be positive");
    }
  }

  /**
   * Returns limits under which as many spans may wait as would fill the queue, at most a million.
   */
  public static BatchLimits of(int maxSpans, Duration maxInterval, QueueLimits queue) {
    long room = Math.min(MOST_WAITING, (long) maxSpans * queue.maxTasks());
    return new BatchLimits(maxSpans, maxInterval, (int) Math.max(maxSpans, room));
  }
}
