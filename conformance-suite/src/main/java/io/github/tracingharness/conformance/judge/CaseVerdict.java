package io.github.tracingharness.conformance.judge;

import io.github.tracingharness.conformance.requirement.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of one case.
 *
 * @param caseId id of the case
 * @param verdict the worst of its checks, or what happened to the driver
 * @param kind in which way it failed, or null
 * @param level level of the case's requirement
 * @param requirement key of the case's requirement
 * @param message one sentence: why it is not a plain pass; empty for PASS
 * @param checks the verdicts of the checks in the order of the case; empty when it was not run
 * @param durationMs how long the run took, in milliseconds
 */
public record CaseVerdict(
    String caseId,
    Verdict verdict,
    @Nullable FailureKind kind,
    Level level,
    String requirement,
    String message,
    List<CheckVerdict> checks,
    long durationMs) {

  /** Keeps a copy of the checks. */
  public CaseVerdict {
    checks = List.copyOf(checks);
  }

  /** Returns the ids of the checks that are not met. */
  public List<String> failedChecks() {
    return checks.stream()
        .filter(c -> c.verdict() == Verdict.FAIL || c.verdict() == Verdict.WARN)
        .map(CheckVerdict::id)
        .toList();
  }

  /** Returns the same verdict with another outcome and message. */
  public CaseVerdict as(Verdict changed, String why) {
    return new CaseVerdict(caseId, changed, kind, level, requirement, why, checks, durationMs);
  }
}
