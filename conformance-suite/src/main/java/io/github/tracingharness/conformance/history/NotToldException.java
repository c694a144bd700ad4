package io.github.tracingharness.conformance.history;

/** A check asked for something that this kind of subject cannot tell. */
public final class NotToldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotToldException(String message) {
    super(message);
  }
}
