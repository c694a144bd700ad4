package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.engine.RunOptions.VerdictFilter;
import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.expect.InvalidExpectationsException;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.scoring.Scoring;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the expectation file of a run, and what is stale in it. */
final class KnownFailures {

  private KnownFailures() {}

  /**
   * Returns the expectations of a recorded run.
   *
   * @param file the file that the user named, or null for the subject's own
   * @param arguments what the run was started with, {@code mlflow-python} for example
   * @throws UsageException if the file is damaged or missing
   */
  static Expectations of(@Nullable Path file, String arguments) {
    return load(file != null ? Optional.of(file) : SubjectCatalog.expectationsOf(arguments));
  }

  /**
   * Reads an expectation file, where there is one.
   *
   * @throws UsageException if it is damaged or missing
   */
  static Expectations load(Optional<Path> file) {
    try {
      return file.map(Expectations::load).orElse(Expectations.NONE);
    } catch (InvalidExpectationsException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the filter that a run's verdicts pass: first what counts, then what is known. */
  static VerdictFilter filter(Scoring scoring, Expectations expectations, LocalDate today) {
    return (verdict, version) -> expectations.apply(scoring.apply(verdict), version, today);
  }

  /** Returns what is stale in the expectations after a run, a sentence each. */
  static List<String> stale(Expectations expectations, RunResult result, LocalDate today) {
    List<CaseVerdict> verdicts =
        result.cases().stream().map(CaseResult::verdict).toList();
    List<String> ids =
        AllCases.registry().all().stream().map(ConformanceCase::id).toList();
    return expectations.staleProblems(ids, verdicts, result.subject().version(), today);
  }
}
