package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "PASS, MUST, 0",
    "WARN, SHOULD, 0",
    "KNOWN_FAILURE, MUST, 0",
    "UNSUPPORTED, MUST, 0",
    "NOT_APPLICABLE, MUST, 0",
    "INCONCLUSIVE, SHOULD, 0",
    "INCONCLUSIVE, MUST, 3",
    "FAIL, MUST, 1",
    "FLAKY, MUST, 1",
    "HARNESS_ERROR, MUST, 3",
    "UNEXPECTED_PASS, MUST, 4"
  })
  void of_oneVerdict_decides(Verdict verdict, Level level, int code) {
    assertThat(ExitCode.of(SampleRun.of(verdict, level), List.of()).code()).isEqualTo(code);
  }

  @Test
  void of_emptyRun_isUsageError() {
    assertThat(ExitCode.of(SampleRun.empty(), List.of())).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(SampleRun.empty(), List.of("stale"))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void of_staleExpectations_countOnlyWithoutOtherFailure() {
    List<String> stale = List.of("entry 1 matches no case");

    assertThat(ExitCode.of(SampleRun.of(Verdict.PASS, Level.MUST), stale))
        .isEqualTo(ExitCode.STALE_EXPECTATIONS);
    assertThat(ExitCode.of(SampleRun.of(Verdict.FAIL, Level.MUST), stale))
        .isEqualTo(ExitCode.FAILURES);
  }

  @Test
  void of_severalVerdicts_worstDecides() {
    assertThat(code(Verdict.FAIL, Verdict.HARNESS_ERROR)).isEqualTo(3);
    assertThat(code(Verdict.FAIL, Verdict.INCONCLUSIVE)).isEqualTo(1);
    assertThat(code(Verdict.UNEXPECTED_PASS, Verdict.FLAKY)).isEqualTo(1);
    assertThat(code(Verdict.UNEXPECTED_PASS, Verdict.INCONCLUSIVE)).isEqualTo(3);
    assertThat(code(Verdict.PASS, Verdict.UNEXPECTED_PASS)).isEqualTo(4);
  }

  @Test
  void of_failedCase_isNeverGreen() {
    for (Verdict verdict : Verdict.values()) {
      for (Level level : Level.values()) {
        RunResult run = SampleRun.of(verdict, level);
        if (run.failed() > 0) {
          assertThat(ExitCode.of(run, List.of()).code())
              .as("%s %s", verdict, level)
              .isPositive();
        }
      }
    }
  }

  private static int code(Verdict... verdicts) {
    List<CaseResult> cases = Arrays.stream(verdicts)
        .map(v -> SampleRun.of(v, Level.MUST).cases().get(0))
        .toList();
    return ExitCode.of(SampleRun.run(cases, List.of()), List.of()).code();
  }
}
