package io.github.tracingharness.conformance.expect;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The known failures of one subject. Immutable. */
public final class Expectations {

  /** No known failures: every verdict stays what it is. */
  public static final Expectations NONE = new Expectations("", "", List.of());

  private final String source;
  private final String subject;
  private final List<Expectation> entries;

  Expectations(String source, String subject, List<Expectation> entries) {
    this.source = source;
    this.subject = subject;
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads an expectation file, whose form is described with the package.
   *
   * @throws InvalidExpectationsException if there is no such file or if it is damaged
   */
  public static Expectations load(Path file) {
    return ExpectationFile.read(file);
  }

  /** Returns the name of the subject that the file is for. */
  public String subject() {
    return subject;
  }

  /** Returns the entries in the order of the file. */
  public List<Expectation> entries() {
    return entries;
  }

  /**
   * Returns the verdict in the light of the entries.
   *
   * <p>FAIL and WARN become KNOWN_FAILURE where an entry foresees exactly the checks that failed
   * and the kind; where entries speak of the case but foresee something else, or are expired, the
   * verdict stays and says so. PASS becomes UNEXPECTED_PASS where an entry speaks of the case; so
   * does a WARN in which not all listed checks fail. Other verdicts stay: they say nothing of
   * whether the failure is still there.
   *
   * @param subjectVersion version of the subject, for the entries that are bound to versions
   * @param today the day on which the run counts
   */
  public CaseVerdict apply(CaseVerdict verdict, String subjectVersion, LocalDate today) {
    List<Expectation> matching =
        entries.stream().filter(e -> e.matches(verdict.caseId())).toList();
    List<Expectation> active =
        matching.stream().filter(e -> e.isActive(subjectVersion, today)).toList();
    return switch (verdict.verdict()) {
      case FAIL, WARN ->
        active.isEmpty() ? expired(verdict, matching, today) : compare(verdict, active);
      case PASS -> active.isEmpty() ? verdict : unexpectedPass(verdict, active.get(0));
      default -> verdict;
    };
  }

  /**
   * Returns the entry that made a verdict a known failure; empty for all other verdicts.
   *
   * @param verdict after {@link #apply}
   */
  public Optional<Expectation> excuseOf(
      CaseVerdict verdict, String subjectVersion, LocalDate today) {
    return entries.stream()
        .filter(e -> verdict.verdict() == Verdict.KNOWN_FAILURE)
        .filter(e -> e.matches(verdict.caseId()) && e.isActive(subjectVersion, today))
        .filter(e -> e.foresees(verdict))
        .findFirst();
  }

  private static CaseVerdict compare(CaseVerdict verdict, List<Expectation> active) {
    for (Expectation entry : active) {
      if (entry.foresees(verdict)) {
        return verdict.as(Verdict.KNOWN_FAILURE, entry.reasonAndUrl());
      }
    }
    Expectation nearest = active.get(0);
    if (verdict.verdict() == Verdict.WARN && !nearest.stillHolds(verdict)) {
      return unexpectedPass(verdict, nearest);
    }
    return verdict.as(
        verdict.verdict(),
        "fails for another reason than the known one: listed " + listed(nearest) + ", found "
            + found(verdict) + ": " + verdict.message());
  }

  private static CaseVerdict unexpectedPass(CaseVerdict verdict, Expectation entry) {
    return verdict.as(
        Verdict.UNEXPECTED_PASS,
        "listed as a known failure (" + entry.reason() + "), but " + listed(entry)
            + " does not fail any more");
  }

  private static CaseVerdict expired(
      CaseVerdict verdict, List<Expectation> matching, LocalDate today) {
    return matching.stream()
        .filter(e -> e.isExpired(today))
        .findFirst()
        .map(e -> verdict.as(
            verdict.verdict(),
            "was a known failure until " + e.until() + " (" + e.reason() + "): "
                + verdict.message()))
        .orElse(verdict);
  }

  private static String listed(Expectation entry) {
    return entry.kind().label() + checks(entry.checks());
  }

  private static String found(CaseVerdict verdict) {
    return (verdict.kind() == null ? "no kind" : verdict.kind().label())
        + checks(verdict.failedChecks());
  }

  private static String checks(Collection<String> ids) {
    return ids.isEmpty() ? "" : " of " + String.join(" and ", new TreeSet<>(ids));
  }

  /**
   * Returns what is stale in the entries, a sentence each; empty when nothing is. An entry is stale
   * when no case of the suite matches it, when its last day is over, or when all cases that it
   * speaks of were run and pass.
   *
   * @param knownCases ids of all cases of the suite, also of those that were not selected
   * @param verdicts verdicts of the run, after {@link #apply}
   */
  public List<String> staleProblems(
      Collection<String> knownCases,
      Collection<CaseVerdict> verdicts,
      String subjectVersion,
      LocalDate today) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Expectation entry = entries.get(i);
      String name = source + ", entry " + (i + 1) + " (" + entry.match() + ")";
      if (knownCases.stream().noneMatch(entry::matches)) {
        problems.add(name + " matches no case; remove it or correct the id (./harness list)");
      } else if (entry.isExpired(today)) {
        problems.add(name + " ended on " + entry.until() + "; remove it or give it a new date");
      } else if (entry.isActive(subjectVersion, today) && allPass(entry, verdicts)) {
        problems.add(name + " is listed as failing, but all its cases pass; remove it");
      }
    }
    return problems;
  }

  private static boolean allPass(Expectation entry, Collection<CaseVerdict> verdicts) {
    List<Verdict> ofEntry = verdicts.stream()
        .filter(v -> entry.matches(v.caseId()))
        .map(CaseVerdict::verdict)
        .toList();
    return !ofEntry.isEmpty()
        && ofEntry.stream().allMatch(v -> v == Verdict.UNEXPECTED_PASS || v == Verdict.PASS);
  }
}
