package io.github.tracingharness.conformance.selftest.otlp;

/**
 * What an exporter says of a batch.
 *
 * @param problem why it failed, empty on success
 */
record ExportResult(boolean success, String problem) {

  /** The batch was taken. */
  static final ExportResult SUCCESS = new ExportResult(true, "");

  /** The batch is lost. */
  static ExportResult failure(String problem) {
    return new ExportResult(false, problem);
  }
}
