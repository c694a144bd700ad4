package io.github.tracingharness.core;

import java.util.Objects;

/**
 * What a flush or a shutdown achieved. The counts cover the time since the flush before it.
 *
 * @param status outcome
 * @param tracesDelivered traces that reached the server
 * @param tracesDropped traces that were given up
 * @param spansDelivered spans that reached the server
 * @param spansDropped spans that were given up
 * @param tracesPending traces that are still open or on their way
 * @since 0.1.0
 */
public record FlushResult(
    Status status,
    long tracesDelivered,
    long tracesDropped,
    long spansDelivered,
    long spansDropped,
    long tracesPending) {

  /** Outcome of a flush. */
  public enum Status {
    /** Everything that had ended was delivered. */
    SUCCESS,
    /** Something was given up; the statistics say why. */
    FAILURE,
    /** The time limit passed while something was on its way. */
    TIMEOUT
  }

  /** Checks that there is a status. */
  public FlushResult {
    Objects.requireNonNull(status, "status");
  }

  /** Tells whether everything that had ended was delivered. */
  public boolean isSuccess() {
    return status == Status.SUCCESS;
  }
}
