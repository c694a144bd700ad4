package io.github.tracingharness.conformance.compare;

/** A file is no report of this suite. The message is one sentence that names file and reason. */
public final class UnreadableReportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableReportException(String message) {
    super(message);
  }
}
