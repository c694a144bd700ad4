package io.github.tracingharness.conformance.cli;

/** What was asked for cannot be done; the message is one sentence that says why and what helps. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
