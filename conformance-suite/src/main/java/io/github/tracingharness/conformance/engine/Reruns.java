package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import java.util.List;

/** What several runs of one case say together. */
public final class Reruns {

  private Reruns() {}

  /**
   * Returns the first verdict when all runs agree with it, and FLAKY otherwise: a pass on
   * repetition never becomes a pass. A first run that could not be judged is decided by the next
   * one that could.
   *
   * @param verdicts in the order of the runs
   */
  public static CaseVerdict fold(List<CaseVerdict> verdicts) {
    List<CaseVerdict> judged =
        verdicts.stream().filter(v -> v.verdict() != Verdict.INCONCLUSIVE).toList();
    if (judged.isEmpty()) {
      return verdicts.get(0);
    }
    CaseVerdict first = judged.get(0);
    long same = judged.stream().filter(v -> v.verdict() == first.verdict()).count();
    return same == judged.size()
        ? first
        : first.as(
            Verdict.FLAKY,
            "%d of %d runs ended with %s, the others did not: %s"
                .formatted(same, judged.size(), first.verdict(), first.message()));
  }
}
