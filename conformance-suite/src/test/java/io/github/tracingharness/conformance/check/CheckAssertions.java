package io.github.tracingharness.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.history.CaseHistory;

/** Asserts on what a check says of a history. */
final class CheckAssertions {

  private CheckAssertions() {}

  static void assertMet(Check check, CaseHistory history) {
    CheckResult result = check.judge(history);
    assertThat(result.outcome()).as(result.message()).isEqualTo(CheckResult.Outcome.MET);
    assertThat(result.message()).isNotEmpty();
  }

  static void assertUnmet(Check check, CaseHistory history, String message) {
    CheckResult result = check.judge(history);
    assertThat(result.outcome()).isEqualTo(CheckResult.Outcome.UNMET);
    assertThat(result.message()).isEqualToNormalizingNewlines(message);
  }

  static void assertUnobservable(Check check, CaseHistory history, String message) {
    assertThat(check.judge(history)).isEqualTo(CheckResult.unobservable(message));
  }
}
