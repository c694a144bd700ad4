package io.github.tracingharness.conformance.subject;

/** A subject has nothing that a command could be done with; answered {@code unsupported}. */
public final class UnsupportedCommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is missing. */
  public UnsupportedCommandException(String reason) {
    super(reason);
  }
}
