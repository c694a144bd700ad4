package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;

/** What is said of a case beside its checks. */
final class CaseWords {

  private CaseWords() {}

  /**
   * Returns the message of the verdict, or nothing where a check says the same, so that no report
   * says it twice.
   */
  static String besideChecks(CaseVerdict verdict) {
    boolean said =
        verdict.checks().stream().anyMatch(check -> check.message().equals(verdict.message()));
    return said ? "" : verdict.message();
  }
}
