package io.github.tracingharness.conformance.selftest.otlp;

import java.io.IOException;

/** An answer above the limit: another attempt would bring it again. */
final class TooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
