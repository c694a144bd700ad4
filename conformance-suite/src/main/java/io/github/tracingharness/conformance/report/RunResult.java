package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A finished run.
 *
 * @param suiteVersion version of the suite
 * @param subject who was judged
 * @param seed seed of the run
 * @param startedAt when it started, wall clock
 * @param duration how long it took
 * @param reproCommand command that repeats one case, with {@code %s} for its id
 * @param cases all planned cases in the order of the registry
 * @param warnings remarks about the run as a whole, such as noise on a driver's stdout or stale
 *     expectations
 */
public record RunResult(
    String suiteVersion,
    SubjectIdentity subject,
    long seed,
    Instant startedAt,
    Duration duration,
    String reproCommand,
    List<CaseResult> cases,
    List<String> warnings) {

  /** Keeps copies of the lists. */
  public RunResult {
    cases = List.copyOf(cases);
    warnings = List.copyOf(warnings);
  }

  /** Returns the same result with more remarks. */
  public RunResult withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new RunResult(
        suiteVersion, subject, seed, startedAt, duration, reproCommand, cases, all);
  }

  /**
   * Returns the same result whose known failures name the entry that foresaw them, so that reports
   * can show its reason and where it is tracked.
   *
   * @param today the day on which the run counts
   */
  public RunResult excusedBy(Expectations expectations, LocalDate today) {
    List<CaseResult> excused = cases.stream()
        .map(c -> c.knownBy(
            expectations.excuseOf(c.verdict(), subject.version(), today).orElse(null)))
        .toList();
    return new RunResult(
        suiteVersion, subject, seed, startedAt, duration, reproCommand, excused, warnings);
  }

  /** Returns the number of cases of each verdict; verdicts that no case has are 0. */
  public Map<Verdict, Integer> counts() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0);
    }
    cases.forEach(c -> counts.merge(c.verdict().verdict(), 1, Integer::sum));
    return counts;
  }

  /** Returns the number of cases that passed: PASS and WARN. */
  public int passed() {
    return (int) cases.stream().filter(c -> c.verdict().verdict().isPassed()).count();
  }

  /** Returns the number of cases that make the run red. */
  public int failed() {
    return (int) cases.stream().filter(c -> c.verdict().verdict().isFailed()).count();
  }

  /** Returns the number of the rest: known failures, unsupported, not applicable, inconclusive. */
  public int skipped() {
    return cases.size() - passed() - failed();
  }

  /**
   * Returns the closing line, {@code N passed, M failed} with {@code , K skipped} where there are
   * any.
   */
  public String closingLine() {
    String line = "%d passed, %d failed".formatted(passed(), failed());
    return skipped() == 0 ? line : line + ", %d skipped".formatted(skipped());
  }
}
