package io.github.tracingharness.core.client;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits within which a call to the server is made.
 *
 * @param deadline no attempt and no wait begins that cannot end before it
 * @param worker whether the thread belongs to the exporter; an interruption then costs one attempt,
 *     while an application's thread gives up at once
 * @param waits is told when the thread waits for the server
 */
public record CallScope(Deadline deadline, boolean worker, WaitListener waits) {

  /** Scope of an application's thread without a deadline. */
  public static final CallScope CALLER = until(Deadline.never());

  /** Checks that all parts are there. */
  public CallScope {
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(waits, "waits");
  }

  /** Is told, on the thread that waits for the server, of the beginning and the end of a wait. */
  public interface WaitListener {

    /** The thread leaves the processor to others now. */
    void waitBegins();

    /** The thread goes on. */
    void waitEnds();
  }

  /** Returns the scope of an application's thread that has a deadline. */
  public static CallScope until(Deadline deadline) {
    return new CallScope(deadline, false, Nobody.LISTENS);
  }

  /** Returns the scope of an exporter's own thread. */
  public static CallScope ofWorker(WaitListener waits) {
    return new CallScope(Deadline.never(), true, waits);
  }

  /** Returns this scope with a deadline no later than a time from now. */
  public CallScope within(Duration time) {
    return new CallScope(deadline.earlier(Deadline.after(time)), worker, waits);
  }

  private enum Nobody implements WaitListener {
    LISTENS;

    @Override
    public void waitBegins() {}

    @Override
    public void waitEnds() {}
  }
}
