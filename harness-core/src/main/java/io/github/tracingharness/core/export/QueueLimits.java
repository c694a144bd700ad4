package io.github.tracingharness.core.export;

import java.util.Objects;

/**
 * Limits of the export queue.
 *
 * @param maxTasks how many traces may wait, at least 1
 * @param maxWorkers how many threads export, at least 1
 * @param overload what happens to what finds no room
 * @param maxChars how many characters the values of the traces in the queue, and of the spans that
 *     travel in batches, may have in all, at least 1; spans with fewer than 4096 are not counted, a
 *     span that goes two ways counts twice, and a single trace or span always fits
 */
public record QueueLimits(int maxTasks, int maxWorkers, OverloadPolicy overload, long maxChars) {

  /** Default of {@link #maxTasks}. */
  public static final int DEFAULT_MAX_TASKS = 1000;

  /** Default of {@link #maxWorkers}. */
  public static final int DEFAULT_MAX_WORKERS = 10;

  /** Default of {@link #maxChars}. */
  public static final long DEFAULT_MAX_CHARS = 256L << 20;

  /** Checks the limits. */
  public QueueLimits {
    Objects.requireNonNull(overload, "overload");
    if (maxTasks < 1 || maxWorkers < 1 || maxChars < 1) {
      throw new IllegalArgumentException("maxTasks, maxWorkers and maxChars must be positive");
    }
  }

  /** Makes limits beyond which the newest is dropped. */
  public QueueLimits(int maxTasks, int maxWorkers) {
    this(maxTasks, maxWorkers, OverloadPolicy.dropNewest(), DEFAULT_MAX_CHARS);
  }
}
