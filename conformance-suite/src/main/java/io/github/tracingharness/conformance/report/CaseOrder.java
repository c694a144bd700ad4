package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which cases a report shows where. */
final class CaseOrder {

  private CaseOrder() {}

  /** Cases that make the run red, or on which no claim is possible, in the order of the run. */
  static List<CaseResult> red(RunResult run) {
    return run.cases().stream()
        .filter(
            c -> c.verdict().verdict().isFailed() || c.verdict().verdict() == Verdict.INCONCLUSIVE)
        .toList();
  }

  /** Cases of these verdicts in the order of the run. */
  static List<CaseResult> of(RunResult run, Verdict... verdicts) {
    Set<Verdict> wanted = EnumSet.noneOf(Verdict.class);
    wanted.addAll(Arrays.asList(verdicts));
    return run.cases().stream()
        .filter(c -> wanted.contains(c.verdict().verdict()))
        .toList();
  }
}
