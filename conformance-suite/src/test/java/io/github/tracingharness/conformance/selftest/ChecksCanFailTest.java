package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite judged by an exporter that does nothing, and again and again by sound ones. */
class ChecksCanFailTest {

  @TempDir
  private Path directory;

  @Test
  void nullExporter_passesNothing() throws Exception {
    Predicate<ConformanceCase> needsProcess = SoundSubjects::needsProcess;
    List<CaseVerdict> verdicts = new ArrayList<>();
    verdicts.addAll(
        verdicts(Subject.inJvm("null", new NullExporter()), cases(needsProcess.negate())));
    verdicts.addAll(verdicts(SoundSubjects.forked(NullExporter.class), cases(needsProcess)));

    assertThat(verdicts)
        .as("cases that let an exporter through that sends nothing")
        .filteredOn(v -> v.verdict() != Verdict.FAIL && v.verdict() != Verdict.WARN)
        .isEmpty();
    assertThat(verdicts).hasSameSizeAs(SelfTestRun.allCases());
  }

  @RepeatedTest(2)
  void soundExporters_passEveryCase() throws Exception {
    int passed = 0;
    for (SoundSubjects sound : SoundSubjects.values()) {
      List<ConformanceCase> cases = sound.of(SelfTestRun.allCases());
      assertPassed(verdicts(sound.subject(), cases));
      passed += cases.size();
    }
    assertThat(passed).isEqualTo(SelfTestRun.allCases().size());
  }

  /** Without the cases that wait or run alone, which would take most of the time. */
  @RepeatedTest(20)
  void soundReference_quickCases_passEveryTime() throws Exception {
    List<ConformanceCase> quick = SoundSubjects.REFERENCE.of(cases(MutantVerdicts::isQuick));
    assertThat(quick).hasSizeGreaterThan(100);
    assertPassed(verdicts(SoundSubjects.REFERENCE.subject(), quick));
  }

  private static List<ConformanceCase> cases(Predicate<ConformanceCase> which) {
    return SelfTestRun.allCases().stream().filter(which).toList();
  }

  private List<CaseVerdict> verdicts(Subject subject, List<ConformanceCase> cases)
      throws Exception {
    return SelfTestRun.of(subject, cases, directory).cases().stream()
        .map(CaseResult::verdict)
        .toList();
  }

  private static void assertPassed(List<CaseVerdict> verdicts) {
    assertThat(verdicts).filteredOn(v -> v.verdict() != Verdict.PASS).isEmpty();
  }
}
