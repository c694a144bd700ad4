package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.requirement.Level;

/**
 * What a case is to JUnit.
 *
 * @param status whether the test passes, fails or is skipped
 * @param message why, empty where it passes
 */
record Outcome(Status status, String message) {

  /** The three results that every tool for JUnit knows. */
  enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  static Outcome of(CaseResult result) {
    CaseVerdict verdict = result.verdict();
    return switch (verdict.verdict()) {
      case PASS, WARN -> new Outcome(Status.PASSED, "");
      case UNSUPPORTED, NOT_APPLICABLE, KNOWN_FAILURE ->
        new Outcome(Status.SKIPPED, verdict.verdict() + ": " + verdict.message());
      case INCONCLUSIVE ->
        verdict.level() == Level.MUST
            ? new Outcome(Status.FAILED, explain(verdict))
            : new Outcome(Status.SKIPPED, "INCONCLUSIVE: " + verdict.message());
      default -> new Outcome(Status.FAILED, explain(verdict));
    };
  }

  private static String explain(CaseVerdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(verdict.verdict())
        .append(" of ")
        .append(verdict.level())
        .append(' ')
        .append(verdict.requirement())
        .append(": ")
        .append(verdict.message());
    for (CheckVerdict check : verdict.checks()) {
      if (check.verdict() == Verdict.FAIL || check.verdict() == Verdict.WARN) {
        text.append("\n  ").append(check.id()).append(": ").append(check.message());
      }
    }
    return text.toString();
  }
}
