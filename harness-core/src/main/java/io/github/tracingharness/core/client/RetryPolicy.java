package io.github.tracingharness.core.client;

import java.time.Duration;
import java.util.Set;

/**
 * When and how often a request is sent again.
 *
 * <p>Retried are connection errors, exceeded time limits and the statuses 408, 429, 500, 502, 503
 * and 504, and 413 if it has a {@code Retry-After}. The first retry comes at once; retry number k ≥
 * 2 waits {@code factor · 2^(k-1)} seconds and a random addition up to the jitter, at most 120 s. A
 * readable {@code Retry-After} of 413, 429 or 503 counts instead.
 *
 * @param maxRetries how many attempts may follow the first
 * @param backoffFactorSeconds factor in seconds
 * @param backoffJitterSeconds largest random addition in seconds
 * @param respectRetryAfter whether {@code Retry-After} counts
 */
public record RetryPolicy(
    int maxRetries,
    double backoffFactorSeconds,
    double backoffJitterSeconds,
    boolean respectRetryAfter) {

  /** Default of {@link #maxRetries}. */
  public static final int DEFAULT_MAX_RETRIES = 7;

  /** Default of {@link #backoffFactorSeconds}. */
  public static final double DEFAULT_BACKOFF_FACTOR_SECONDS = 2;

  /** Default of {@link #backoffJitterSeconds}. */
  public static final double DEFAULT_BACKOFF_JITTER_SECONDS = 1;

  static final Duration LONGEST_BACKOFF = Duration.ofMinutes(2);
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(6);

  private static final Set<Integer> RETRIED = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<Integer> WITH_RETRY_AFTER = Set.of(413, 429, 503);
  private static final int CONTENT_TOO_LARGE = 413;

  /** Returns the policy with MLflow's defaults. */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(
        DEFAULT_MAX_RETRIES, DEFAULT_BACKOFF_FACTOR_SECONDS, DEFAULT_BACKOFF_JITTER_SECONDS, true);
  }

  /** Returns a policy without any retry. */
  public static RetryPolicy never() {
    return new RetryPolicy(0, 0, 0, false);
  }

  boolean isRetried(HttpAnswer answer) {
    return RETRIED.contains(answer.status())
        || (answer.status() == CONTENT_TOO_LARGE
            && respectRetryAfter
            && answer.header("Retry-After").isPresent());
  }

  boolean obeysRetryAfter(int status) {
    return respectRetryAfter && WITH_RETRY_AFTER.contains(status);
  }

  /**
   * Returns the wait before a retry.
   *
   * @param retry number of the retry, from 1
   * @param random number from 0 to 1
   */
  Duration backoff(int retry, double random) {
    if (retry <= 1) {
      return Duration.ZERO;
    }
    double seconds =
        backoffFactorSeconds * Math.pow(2, retry - 1.0) + backoffJitterSeconds * random;
    double bounded = Math.min(seconds, (double) LONGEST_BACKOFF.toSeconds());
    return Duration.ofNanos((long) (bounded * 1e9));
  }
}
