package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite judged by an exporter that does nothing, and again and again by a sound one. */
class ChecksCanFailTest {

  @TempDir
  private Path directory;

  @Test
  void nullExporter_passesNothing() throws Exception {
    RunResult result = SelfTestRun.of(
        Subject.inJvm("null", new NullExporter()), SelfTestRun.allCases(), directory);

    Map<String, Verdict> notNoticed = new TreeMap<>();
    for (CaseResult each : result.cases()) {
      Verdict verdict = each.verdict().verdict();
      if (verdict != Verdict.FAIL && verdict != Verdict.WARN && verdict != Verdict.UNSUPPORTED) {
        notNoticed.put(each.conformanceCase().id(), verdict);
      }
    }
    assertThat(notNoticed)
        .as("cases that let an exporter through that sends nothing")
        .isEmpty();
    assertThat(result.counts().get(Verdict.UNSUPPORTED))
        .as(result.closingLine())
        .isLessThan(8);
  }

  @RepeatedTest(3)
  void soundReference_passesEveryApplicableCase() throws Exception {
    assertPasses(SelfTestRun.allCases());
  }

  /** Without the cases that wait or run alone, which would take most of the time. */
  @RepeatedTest(20)
  void soundReference_quickCases_passEveryTime() throws Exception {
    assertPasses(SelfTestRun.allCases().stream().filter(MutantVerdicts::isQuick).toList());
  }

  private void assertPasses(List<ConformanceCase> cases) throws Exception {
    RunResult result =
        SelfTestRun.of(Subject.inJvm("reference", new ReferenceSubject()), cases, directory);

    List<CaseVerdict> notPassed = result.cases().stream()
        .map(CaseResult::verdict)
        .filter(v -> v.verdict() != Verdict.PASS && v.verdict() != Verdict.UNSUPPORTED)
        .toList();
    assertThat(notPassed).as(result.closingLine()).isEmpty();
    assertThat(result.passed()).isGreaterThanOrEqualTo(100);
  }
}
