package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs of the engine without a console. */
final class TestRuns {

  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();

  private TestRuns() {}

  static RunResult of(
      Subject subject, List<ConformanceCase> cases, int jobs, int reruns, Path directory)
      throws SubjectUnavailableException, IOException, InterruptedException {
    RunOptions options = new RunOptions(
        cases, 7, jobs, reruns, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
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
