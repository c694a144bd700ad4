package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.engine.SubjectUnavailableException;
import io.github.tracingharness.conformance.engine.SuiteRun;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs cases against a subject inside this JVM, quietly and without repetitions. */
final class SelfTestRun {

  private static final long SEED = 20261122;
  private static final int JOBS = 8;
  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();

  private SelfTestRun() {}

  static List<ConformanceCase> allCases() {
    return AllCases.registry().all();
  }

  static RunResult of(Subject subject, List<ConformanceCase> cases, Path directory)
      throws SubjectUnavailableException, IOException, InterruptedException {
    RunOptions options = new RunOptions(
        cases, SEED, JOBS, 0, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
    return new SuiteRun(subject, options, REQUIREMENTS, new Quiet()).run();
  }

  private static final class Quiet implements RunListener {
    @Override
    public void runStarted(List<ConformanceCase> planned, SubjectIdentity subject) {}

    @Override
    public void caseFinished(CaseResult result, int done, int total) {}

    @Override
    public void runFinished(RunResult result) {}
  }
}
