package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cases.OtlpCases;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.selftest.otlp.OtlpModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each OTLP case can be passed. */
class OtlpModelTest {

  @TempDir
  private Path directory;

  @Test
  void soundModel_passesEveryCase() throws Exception {
    RunResult result = SelfTestRun.of(
        Subject.inJvm("otlp-model", new OtlpModel()), OtlpCases.registry().all(), directory);

    List<CaseVerdict> notPassed = result.cases().stream()
        .map(CaseResult::verdict)
        .filter(verdict -> verdict.verdict() != Verdict.PASS)
        .toList();
    assertThat(notPassed).as(result.closingLine()).isEmpty();
  }
}
