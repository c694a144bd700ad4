package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of one run, as it was reported.
 *
 * @param label name of the column, unique in a comparison
 * @param subject who was judged
 * @param suite name and version of the suite
 * @param seed seed of the run
 * @param startedAt when the run started, ISO 8601 in UTC
 * @param durationMs how long it took, in milliseconds
 * @param cases all cases of the run
 * @param statements the requirements that are not met, by key
 */
public record SubjectResult(
    String label,
    SubjectIdentity subject,
    String suite,
    long seed,
    String startedAt,
    long durationMs,
    List<CaseLine> cases,
    Map<String, Statement> statements) {

  /** Keeps copies. */
  public SubjectResult {
    cases = List.copyOf(cases);
    statements = new TreeMap<>(statements);
  }

  /** Returns the same result under another label. */
  public SubjectResult labelled(String other) {
    return new SubjectResult(other, subject, suite, seed, startedAt, durationMs, cases, statements);
  }

  /** Returns the day of the run, such as {@code 2026-11-23}. */
  String day() {
    return startedAt.length() < 10 ? startedAt : startedAt.substring(0, 10);
  }

  Tally tally() {
    return Tally.of(cases.stream().map(CaseLine::verdict).toList());
  }

  /** Returns how many cases have that verdict. */
  long count(Verdict verdict) {
    return cases.stream().filter(c -> c.verdict() == verdict).count();
  }
}
