package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures of a run as every report shows them: never a share without its denominator.
 *
 * @param counts number of cases of each verdict
 * @param byFamily the same for each family, in the order of the cases
 * @param total number of planned cases
 */
record RunSummary(
    Map<Verdict, Integer> counts, Map<String, Map<Verdict, Integer>> byFamily, int total) {

  private static final List<Verdict> ORDER = List.of(
      Verdict.PASS,
      Verdict.WARN,
      Verdict.KNOWN_FAILURE,
      Verdict.UNSUPPORTED,
      Verdict.NOT_APPLICABLE,
      Verdict.INCONCLUSIVE,
      Verdict.UNEXPECTED_PASS,
      Verdict.FLAKY,
      Verdict.FAIL,
      Verdict.HARNESS_ERROR);

  static RunSummary of(RunResult run) {
    Map<String, Map<Verdict, Integer>> byFamily = new LinkedHashMap<>();
    for (CaseResult c : run.cases()) {
      byFamily
          .computeIfAbsent(c.conformanceCase().family(), family -> new EnumMap<>(Verdict.class))
          .merge(c.verdict().verdict(), 1, Integer::sum);
    }
    return new RunSummary(run.counts(), byFamily, run.cases().size());
  }

  /** Whether a family has no case that its subject could have passed. */
  static boolean isNotApplicable(Map<Verdict, Integer> counts) {
    return !counts.isEmpty()
        && Set.of(Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE).containsAll(counts.keySet());
  }

  int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  int passed() {
    return count(Verdict.PASS) + count(Verdict.WARN);
  }

  /** The denominator: cases that this subject could have passed. */
  int applicable() {
    return total - count(Verdict.UNSUPPORTED) - count(Verdict.NOT_APPLICABLE);
  }

  /** The verdicts that occur, in the order in which reports show them: good, neutral, bad. */
  List<Verdict> occurring() {
    return ORDER.stream().filter(verdict -> count(verdict) > 0).toList();
  }

  /** One line such as {@code 41 passed / 44 applicable, unsupported 2, known 1, inconclusive 0}. */
  String line() {
    return passed() + " passed / " + applicable() + " applicable, unsupported "
        + count(Verdict.UNSUPPORTED) + ", known " + count(Verdict.KNOWN_FAILURE) + ", inconclusive "
        + count(Verdict.INCONCLUSIVE);
  }
}
