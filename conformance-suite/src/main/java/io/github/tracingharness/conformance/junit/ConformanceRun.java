package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.engine.SubjectUnavailableException;
import io.github.tracingharness.conformance.engine.SuiteRun;
import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.Reports;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.Scoring;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Runs cases against an exporter of this JVM and writes the suite's own reports. */
final class ConformanceRun {

  private static final int JOBS = 4;
  private static final int RERUNS = 3;

  private ConformanceRun() {}

  /**
   * Runs the cases.
   *
   * @param name name of the directory of the reports, below {@code target/conformance}
   * @throws IllegalStateException if the exporter cannot be started
   * @throws IOException if a report cannot be written
   */
  static RunResult of(
      ExporterSubject subject, List<ConformanceCase> cases, Expectations expectations, String name)
      throws IOException, InterruptedException {
    LocalDate today = LocalDate.now(Clock.systemUTC());
    RequirementRegistry requirements = RequirementRegistry.load();
    Scoring scoring = Scoring.load(CaseRegistry.of(cases), requirements);
    Path directory = Path.of("target", "conformance", name);
    RunOptions options = new RunOptions(
        cases,
        ThreadLocalRandom.current().nextInt(1, 1_000_000),
        JOBS,
        RERUNS,
        directory.resolve("run.ndjson"),
        (verdict, version) -> expectations.apply(scoring.apply(verdict), version, today));
    try {
      RunResult result = new SuiteRun(
              Subject.inJvm(subject.getClass().getName(), subject),
              options,
              requirements,
              Silence.LISTENER)
          .run()
          .excusedBy(expectations, today);
      Reports.writeAll(result, requirements, directory);
      return result;
    } catch (SubjectUnavailableException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** JUnit says what goes on. */
  private enum Silence implements RunListener {
    LISTENER;

    @Override
    public void runStarted(List<ConformanceCase> plan, SubjectIdentity subject) {}

    @Override
    public void caseFinished(CaseResult result, int done, int total) {}

    @Override
    public void runFinished(RunResult result) {}
  }
}
