package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import java.util.Collection;

/**
 * Passed cases and their denominator.
 *
 * @param passed PASS and WARN
 * @param applicable all but UNSUPPORTED and NOT_APPLICABLE
 */
record Tally(int passed, int applicable) {

  static Tally of(Collection<Verdict> verdicts) {
    int passed = (int) verdicts.stream().filter(Verdict::isPassed).count();
    int out = (int) verdicts.stream()
        .filter(v -> v == Verdict.UNSUPPORTED || v == Verdict.NOT_APPLICABLE)
        .count();
    return new Tally(passed, verdicts.size() - out);
  }

  /** Returns {@code 41/44}, or a dash where nothing is applicable. */
  String text() {
    return applicable == 0 ? "–" : passed + "/" + applicable;
  }
}
