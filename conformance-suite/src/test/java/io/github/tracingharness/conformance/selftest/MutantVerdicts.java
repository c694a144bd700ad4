package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.check.CheckResult.Outcome;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the suite says of a mutant.
 *
 * @param mutant the mutant
 * @param killed the checks that its named case reports as not met
 * @param flipped the checks that are not met, whatever the controls of their cases say, as
 *     {@code CASE/check}
 * @param families the families with a case that is not passed
 */
record MutantVerdicts(
    Mutant mutant, Set<String> killed, SortedSet<String> flipped, SortedSet<String> families) {

  /**
   * So many cases of each family are run for every mutant, unless the system property
   * {@code selftest.full} asks for all.
   */
  private static final int SAMPLE = 2;

  /** Cases that take seconds are run for the mutants alone that name them. */
  private static final Set<String> SLOW = Set.of("MLF-PROMPT-005");

  /** Runs the mutant. */
  static MutantVerdicts of(Mutant mutant, Path directory) throws Exception {
    List<ConformanceCase> cases = new ArrayList<>(selection(mutant));
    ConformanceCase named = SelfTestRun.allCases().stream()
        .filter(c -> c.id().equals(mutant.killingCase()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no case is called " + mutant.killingCase()));
    if (!cases.contains(named)) {
      cases.add(named);
    }
    return of(mutant, SelfTestRun.of(mutant.running(), cases, directory));
  }

  private static MutantVerdicts of(Mutant mutant, RunResult result) {
    Set<String> killed = Set.of();
    SortedSet<String> flipped = new TreeSet<>();
    SortedSet<String> families = new TreeSet<>();
    for (CaseResult each : result.cases()) {
      ConformanceCase c = each.conformanceCase();
      Verdict verdict = each.verdict().verdict();
      if (c.id().equals(mutant.killingCase())) {
        killed = Set.copyOf(each.verdict().failedChecks());
      }
      if (verdict == Verdict.HARNESS_ERROR) {
        throw new AssertionError(mutant.name() + ": " + each.verdict());
      }
      if (verdict == Verdict.FAIL || verdict == Verdict.WARN) {
        families.add(c.family());
        CaseHistory history = each.histories().get(0);
        for (NamedCheck check : c.checks()) {
          if (check.check().judge(history).outcome() == Outcome.UNMET) {
            flipped.add(c.id() + "/" + check.id());
          }
        }
      }
    }
    return new MutantVerdicts(mutant, killed, flipped, families);
  }

  /**
   * The cases that a mutant is run against. One that breaks the end of a process is run against the
   * cases that end one: a process that serves several cases would end for all of them.
   */
  private static List<ConformanceCase> selection(Mutant mutant) {
    if (mutant.subject() instanceof Forked) {
      return SelfTestRun.allCases().stream()
          .filter(PassingHistories::endsProcess)
          .toList();
    }
    Map<String, Integer> taken = new HashMap<>();
    return SelfTestRun.allCases().stream()
        .filter(MutantVerdicts::isQuick)
        .filter(c -> isFull() || taken.merge(c.family(), 1, Integer::sum) <= SAMPLE)
        .toList();
  }

  /** Whether the case neither waits, nor runs alone, nor needs a process. */
  static boolean isQuick(ConformanceCase c) {
    return !c.alone() && !SLOW.contains(c.id()) && !PassingHistories.endsProcess(c);
  }

  private static boolean isFull() {
    return Boolean.getBoolean("selftest.full");
  }
}
