package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.nio.file.Path;
import java.util.List;

/**
 * What is run, and how.
 *
 * @param cases the selected cases, at least one
 * @param seed seed of everything random
 * @param jobs how many cases run at a time, at least 1
 * @param reruns how often a failed case is repeated alone before it is called a failure
 * @param historyFile where the history goes, {@code run.ndjson}
 * @param expectations turns verdicts into known failures
 * @param shard which part of the plan the cases are
 */
public record RunOptions(
    List<ConformanceCase> cases,
    long seed,
    int jobs,
    int reruns,
    Path historyFile,
    VerdictFilter expectations,
    Shard shard) {

  /** Options of a run that is not divided. */
  public RunOptions(
      List<ConformanceCase> cases,
      long seed,
      int jobs,
      int reruns,
      Path historyFile,
      VerdictFilter expectations) {
    this(cases, seed, jobs, reruns, historyFile, expectations, Shard.whole(cases));
  }

  /** Keeps a copy of the cases. */
  public RunOptions {
    cases = List.copyOf(cases);
    if (cases.isEmpty() || jobs < 1 || reruns < 0) {
      throw new IllegalArgumentException("at least one case and one job, and no negative reruns");
    }
  }

  /** Applies what is known of a subject to a verdict. */
  @FunctionalInterface
  public interface VerdictFilter {

    /** A filter that knows nothing. */
    VerdictFilter NONE = (verdict, version) -> verdict;

    /** Returns the verdict, or another one with the reason in its message. */
    CaseVerdict apply(CaseVerdict verdict, String subjectVersion);
  }
}
