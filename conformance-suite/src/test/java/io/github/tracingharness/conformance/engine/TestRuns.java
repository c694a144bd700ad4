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
    return new SuiteRun(subject, options(cases, jobs, reruns, directory), REQUIREMENTS, new Quiet())
        .run();
  }

  /**
   * Runs one case without repetitions but those of the engine's own, with a heart of the test's.
   */
  static RunResult of(Subject subject, ConformanceCase c, Heartbeat heart, Path directory)
      throws SubjectUnavailableException, IOException, InterruptedException {
    RunOptions options = options(List.of(c), 1, 3, directory);
    return new SuiteRun(subject, options, REQUIREMENTS, new Quiet(), () -> heart).run();
  }

  private static RunOptions options(
      List<ConformanceCase> cases, int jobs, int reruns, Path directory) {
    return new RunOptions(
        cases, 7, jobs, reruns, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
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
