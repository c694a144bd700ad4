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

  /**
   * Returns a check that holds when one of both does; otherwise the first is reported, unless only
   * the second could not be judged.
   */
  default Check or(Check other) {
    return history -> {
      CheckResult first = judge(history);
      if (first.isMet()) {
        return first;
      }
      CheckResult second = other.judge(history);
      return switch (second.outcome()) {
        case MET, UNOBSERVABLE -> second;
        case UNMET ->
          CheckResult.unmet("either: " + first.message() + "\n or: " + second.message());
      };
    };
  }
}
