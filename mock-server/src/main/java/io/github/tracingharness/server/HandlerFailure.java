package io.github.tracingharness.server;

/**
 * A defect of the fake server itself: a handler or a listener threw. The client got a 500 that says
 * so.
 *
 * @param call the number of the call in its space
 * @param endpoint what was asked
 * @param cause what was thrown
 * @since 0.1.0
 */
public record HandlerFailure(long call, Endpoint endpoint, Throwable cause) {

  /** Says in one line which call failed and why. */
  @Override
  public String toString() {
    return "the fake server failed at call #" + call + " (" + endpoint + "): " + cause;
  }
}
