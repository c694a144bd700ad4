package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseWordsTest {

  @Test
  void besideChecks_messageOfACheck_isNothingMore() {
    assertThat(besideChecks("expected a\n found b")).isEmpty();
  }

  @Test
  void besideChecks_messageThatEndsInACheck_isWhatStandsBefore() {
    assertThat(besideChecks("nothing was observed: expected a\n found b"))
        .isEqualTo("nothing was observed");
    assertThat(besideChecks("fails for another reason than the known one: expected a\n found b"))
        .isEqualTo("fails for another reason than the known one");
  }

  @Test
  void besideChecks_otherMessage_isKept() {
    assertThat(besideChecks("was not answered within 5000 ms"))
        .isEqualTo("was not answered within 5000 ms");
  }

  private static String besideChecks(String message) {
    List<CheckVerdict> checks = List.of(
        new CheckVerdict("fine", Verdict.PASS, Level.MUST, "R-1", ""),
        new CheckVerdict("one", Verdict.FAIL, Level.MUST, "R-1", "expected a\n found b"));
    return CaseWords.besideChecks(new CaseVerdict(
        "MLF-A-001", Verdict.FAIL, FailureKind.ASSERTION, Level.MUST, "R-1", message, checks, 1));
  }
}
