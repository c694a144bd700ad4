package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cases.OtlpCases;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.selftest.otlp.BrokenModel;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OTLP cases judged by exporters whose faults are known, and by one that does nothing. */
class OtlpChecksCanFailTest {

  /** A fault of some milliseconds can hide on a machine that has no time. */
  private static final int ATTEMPTS = 5;

  @TempDir
  private Path directory;

  static List<BrokenModel> models() {
    return BrokenModel.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void brokenModel_isFailedByTheChecksNamedForIt(BrokenModel model) throws Exception {
    List<String> failed = new ArrayList<>();
    List<CaseVerdict> verdicts = List.of();
    for (int i = 0; i < ATTEMPTS && !failed.containsAll(model.killedBy()); i++) {
      verdicts = verdicts(
          model.subject(),
          c -> model.killedBy().stream().anyMatch(killer -> killer.startsWith(c.id() + "/")));
      for (CaseVerdict verdict : verdicts) {
        verdict.failedChecks().forEach(check -> failed.add(verdict.caseId() + "/" + check));
      }
    }
    assertThat(failed)
        .as("checks that noticed the exporter that %s: %s", model.name(), verdicts)
        .containsAll(model.killedBy());
  }

  @Test
  void brokenModels_areManyAndHaveNamesOfTheirOwn() {
    assertThat(models())
        .hasSizeGreaterThanOrEqualTo(40)
        .extracting(BrokenModel::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void modelThatThrowsIntoTheApplication_isFailed() throws Exception {
    assertThat(verdicts(BrokenModel.throwing(), c -> c.id().equals("OTLP-SHUTDOWN-006")))
        .extracting(CaseVerdict::verdict)
        .containsExactly(Verdict.FAIL);
  }

  @Test
  void modelThatRefusesToStart_passesNoCaseOfValuesToIgnore() throws Exception {
    List<String> ids = List.of(
        "OTLP-CONFIG-001",
        "OTLP-CONFIG-002",
        "OTLP-CONFIG-003",
        "OTLP-CONFIG-005",
        "OTLP-CONFIG-006",
        "OTLP-CONFIG-008",
        "OTLP-CONFIG-011",
        "OTLP-CONFIG-012",
        "OTLP-HEADERS-010");
    assertThat(verdicts(BrokenModel.refusing(), c -> ids.contains(c.id())))
        .hasSameSizeAs(ids)
        .noneMatch(verdict -> verdict.verdict() == Verdict.PASS);
  }

  @Test
  void nullExporter_passesNothing() throws Exception {
    assertThat(verdicts(new NullExporter(), c -> true))
        .as("cases that let an exporter through that sends nothing")
        .filteredOn(v -> v.verdict() != Verdict.FAIL && v.verdict() != Verdict.WARN)
        .isEmpty();
  }

  private List<CaseVerdict> verdicts(ExporterSubject subject, Predicate<ConformanceCase> which)
      throws Exception {
    List<ConformanceCase> cases =
        OtlpCases.registry().all().stream().filter(which).toList();
    return SelfTestRun.of(Subject.inJvm("broken", subject), cases, directory).cases().stream()
        .map(CaseResult::verdict)
        .toList();
  }
}
