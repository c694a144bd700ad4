package io.github.tracingharness.conformance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerunsTest {

  private static List<CaseVerdict> runs(Verdict... verdicts) {
    return Arrays.stream(verdicts)
        .map(v -> new CaseVerdict(
            "MLF-X-001",
            v,
            v == Verdict.FAIL ? FailureKind.ASSERTION : null,
            Level.MUST,
            "MLF-X",
            v == Verdict.FAIL ? "expected 1, found 2" : "",
            List.of(),
            5))
        .toList();
  }

  @Test
  void fold_allRunsFail_isAFailure() {
    assertThat(Reruns.fold(runs(Verdict.FAIL, Verdict.FAIL, Verdict.FAIL)).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void fold_laterRunsPass_isFlakyAndNeverAPass() {
    CaseVerdict folded = Reruns.fold(runs(Verdict.FAIL, Verdict.PASS, Verdict.PASS, Verdict.FAIL));

    assertThat(folded.verdict()).isEqualTo(Verdict.FLAKY);
    assertThat(folded.message())
        .isEqualTo("2 of 4 runs ended with FAIL, the others did not: expected 1, found 2");
  }

  @Test
  void fold_firstRunDisturbed_isDecidedByTheOthers() {
    assertThat(Reruns.fold(runs(Verdict.INCONCLUSIVE, Verdict.PASS)).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(Reruns.fold(runs(Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE)).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }
}
