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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The suite judged by exporters whose faults are known: sound, broken in one way, and doing
 * nothing.
 */
class ChecksCanFailTest {

  @TempDir
  private Path directory;

  static List<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void brokenReference_isFailedByTheCheckNamedForIt(Mutant mutant) throws Exception {
    List<ConformanceCase> killer = SelfTestRun.allCases().stream()
        .filter(c -> c.id().equals(mutant.killingCase()))
        .toList();
    assertThat(killer).as("cases called %s", mutant.killingCase()).hasSize(1);

    RunResult result = SelfTestRun.of(Subject.inJvm("mutant", mutant.subject()), killer, directory);

    CaseVerdict verdict = result.cases().get(0).verdict();
    assertThat(verdict.failedChecks())
        .as("checks that noticed the reference that %s; %s", mutant.name(), verdict)
        .contains(mutant.killingCheck());
  }

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
        .isLessThan(5);
  }

  @RepeatedTest(20)
  void soundReference_passesEveryApplicableCase() throws Exception {
    RunResult result = SelfTestRun.of(
        Subject.inJvm("reference", new ReferenceSubject()), SelfTestRun.allCases(), directory);

    List<CaseVerdict> notPassed = result.cases().stream()
        .map(CaseResult::verdict)
        .filter(v -> v.verdict() != Verdict.PASS && v.verdict() != Verdict.UNSUPPORTED)
        .toList();
    assertThat(notPassed).as(result.closingLine()).isEmpty();
    assertThat(result.passed()).isGreaterThanOrEqualTo(100);
  }
}
