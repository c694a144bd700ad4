package io.github.tracingharness.core.export;

import java.util.Objects;

/**
 * Limits of the export queue.
 *
 * @param maxTasks how many traces may wait, at least 1
 * @param maxWorkers how many threads export, at least 1
 * @param overload what happens to what finds no room
 */
public record QueueLimits(int maxTasks, int maxWorkers, OverloadPolicy overload) {

  /** Default of {@link #maxTasks}. */
  public static final int DEFAULT_MAX_TASKS = 1000;

  /** Default of {@link #maxWorkers}. */
  public static final int DEFAULT_MAX_WORKERS = 10;

  /** Checks the limits. */
  public QueueLimits {
    Objects.requireNonNull(overload, "overload");
    if (maxTasks < 1 || maxWorkers < 1) {
      throw new IllegalArgumentException("maxTasks and maxWorkers must be positive");
    }
  }

  /** Makes limits beyond which the newest is dropped. */
  public QueueLimits(int maxTasks, int maxWorkers) {
    this(maxTasks, maxWorkers, OverloadPolicy.dropNewest());
  }
}
