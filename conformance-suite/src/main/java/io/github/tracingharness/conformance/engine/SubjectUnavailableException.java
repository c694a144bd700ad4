package io.github.tracingharness.conformance.engine;

/** The subject cannot be judged at all: it does not start or does not speak the protocol. */
public final class SubjectUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is missing and what helps. */
  public SubjectUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says in one sentence what is missing and what helps. */
  public SubjectUnavailableException(String message) {
    super(message);
  }
}
