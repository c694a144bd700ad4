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
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops an OTLP exporter before any check is asked: it throws, or does not start. */
class StoppedExporterTest {

  @TempDir
  private Path directory;

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

  private List<CaseVerdict> verdicts(ExporterSubject subject, Predicate<ConformanceCase> which)
      throws Exception {
    List<ConformanceCase> cases =
        OtlpCases.registry().all().stream().filter(which).toList();
    return SelfTestRun.of(Subject.inJvm("broken", subject), cases, directory).cases().stream()
        .map(CaseResult::verdict)
        .toList();
  }
}
