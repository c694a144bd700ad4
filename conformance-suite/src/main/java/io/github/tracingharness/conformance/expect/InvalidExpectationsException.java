package io.github.tracingharness.conformance.expect;

/**
 * An expectation file cannot be read or does not say what it should. The message is one sentence
 * that names the file, the line or entry, and what is allowed.
 */
public final class InvalidExpectationsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidExpectationsException(String message) {
    super(message);
  }
}
