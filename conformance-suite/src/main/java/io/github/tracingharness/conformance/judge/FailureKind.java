package io.github.tracingharness.conformance.judge;

/** In which way a case failed. A known failure is bound to one of these. */
public enum FailureKind {
  /** A check is not met. */
  ASSERTION,
  /** The driver did not answer in time. */
  TIMEOUT,
  /** The driver's process ended by itself. */
  CRASH,
  /** The driver broke the protocol. */
  PROTOCOL,
  /** The exporter threw into the application. */
  SUBJECT_EXCEPTION,
  /** The exporter refused its configuration at start. */
  CONFIG_REFUSED,
  /** A positive control is not met. */
  NOTHING_OBSERVED,
  /** The driver claims to support what does not exist. */
  DRIVER_DISHONEST;

  /**
   * Returns the name as it stands in reports and expectation files, such as
   * {@code nothing-observed}.
   */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
