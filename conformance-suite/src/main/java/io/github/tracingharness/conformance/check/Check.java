package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;

/**
 * Looks at a recorded history and says whether one statement holds. Must be pure: same history,
 * same answer.
 */
@FunctionalInterface
public interface Check {

  /** Judges the history. */
  CheckResult judge(CaseHistory history);

  /** Returns a check that holds when both hold; the first that does not is reported. */
  default Check and(Check other) {
    return history -> {
      CheckResult first = judge(history);
      return first.outcome() == CheckResult.Outcome.MET ? other.judge(history) : first;
    };
  }
}
