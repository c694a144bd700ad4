package io.github.tracingharness.core.client;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits within which a call to the server is made.
 *
 * @param deadline no attempt and no wait begins that cannot end before it
 * @param worker whether the thread belongs to the exporter; an interruption then costs one attempt,
 *     while an application's thread gives up at once
 */
public record CallScope(Deadline deadline, boolean worker) {

  /** Scope of an application's thread without a deadline. */
  public static final CallScope CALLER = new CallScope(Deadline.never(), false);

  /** Scope of an exporter's own thread. */
  public static final CallScope WORKER = new CallScope(Deadline.never(), true);

  /** Checks that there is a deadline. */
  public CallScope {
    Objects.requireNonNull(deadline, "deadline");
  }

  /** Returns the scope of an application's thread that has a deadline. */
  public static CallScope until(Deadline deadline) {
    return new CallScope(deadline, false);
  }

  /** Returns this scope with a deadline no later than a time from now. */
  public CallScope within(Duration time) {
    return new CallScope(deadline.earlier(Deadline.after(time)), worker);
  }
}
