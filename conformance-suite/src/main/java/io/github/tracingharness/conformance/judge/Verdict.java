package io.github.tracingharness.conformance.judge;

/** The outcome of a check or a case, from worst to best. */
public enum Verdict {
  /** The harness failed; no claim is possible. */
  HARNESS_ERROR,
  /** A MUST is not met. */
  FAIL,
  /** Listed as a known failure, but it passes now: the list is stale. */
  UNEXPECTED_PASS,
  /** Repeated runs alone differ. */
  FLAKY,
  /** No claim: the needed observation was disturbed or impossible. */
  INCONCLUSIVE,
  /** Listed, and it fails the same checks in the same way. */
  KNOWN_FAILURE,
  /** A SHOULD is not met. */
  WARN,
  /** A declared lack of the subject makes it impossible. */
  UNSUPPORTED,
  /** Destination, platform or set does not include it. */
  NOT_APPLICABLE,
  /** Controls and checks are met. */
  PASS;

  /** Returns whether the case was run and judged in favour of the subject. */
  public boolean isPassed() {
    return this == PASS || this == WARN;
  }

  /** Returns whether the verdict makes a run red. */
  public boolean isFailed() {
    return this == HARNESS_ERROR || this == FAIL || this == UNEXPECTED_PASS || this == FLAKY;
  }

  /** Returns the worse of two. */
  public Verdict worse(Verdict other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
