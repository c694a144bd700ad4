package io.github.tracingharness.core.manager;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Limits of the traces that are open.
 *
 * @param maxOpenTraces how many traces may be open at once before the oldest is given up
 * @param timeout how long a root span may be open before it is ended as failed, or empty
 * @param checkInterval how often that is looked for
 * @param attachments what becomes an attachment
 */
public record TraceLimits(
    int maxOpenTraces,
    Optional<Duration> timeout,
    Duration checkInterval,
    AttachmentRules attachments) {

  /** Default of {@link #maxOpenTraces}. */
  public static final int DEFAULT_MAX_OPEN_TRACES = 1000;

  /** Default of {@link #checkInterval}. */
  public static final Duration DEFAULT_CHECK_INTERVAL = Duration.ofSeconds(1);

  /** Checks the limits. */
  public TraceLimits {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(attachments, "attachments");
    if (maxOpenTraces < 1) {
      throw new IllegalArgumentException("maxOpenTraces must be positive");
    }
    if (checkInterval.isNegative() || checkInterval.isZero()) {
      throw new IllegalArgumentException("checkInterval must be positive");
    }
  }
}
