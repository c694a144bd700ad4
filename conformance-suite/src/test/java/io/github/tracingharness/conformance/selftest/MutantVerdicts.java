package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.check.CheckResult.Outcome;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseNeeds;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the suite says of a mutant.
 *
 * @param mutant the mutant
 * @param killed the checks that are reported as not met
 * @param flipped the checks that are not met, whatever the controls of their cases say, as
 *     {@code CASE/check}
 * @param families the families with a case that is not passed
 */
record MutantVerdicts(
    Mutant mutant,
    SortedSet<String> killed,
    SortedSet<String> flipped,
    SortedSet<String> families) {

  /**
   * So many cases of each family are run for every mutant, unless the system property
   * {@code selftest.full} asks for all.
   */
  private static final int SAMPLE = 2;

  /** A fault of some milliseconds can hide on a machine that has no time. */
  private static final int ATTEMPTS = 5;

  /** Cases that take seconds are run for the mutants alone that name them. */
  private static final Set<String> SLOW = Set.of(
      "MLF-ASYNC-001",
      "MLF-PROMPT-005",
      "MLF-RETRY-033",
      "MLF-SETTING-005",
      "OTLP-BATCH-001",
      "OTLP-BATCH-005",
      "OTLP-RESPONSE-008",
      "OTLP-RETRY-008",
      "OTLP-RETRY-009",
      "OTLP-RETRY-010",
      "OTLP-SHUTDOWN-002",
      "OTLP-SHUTDOWN-004",
      "OTLP-SHUTDOWN-005",
      "OTLP-THROTTLE-001",
      "OTLP-THROTTLE-002",
      "OTLP-THROTTLE-003",
      "OTLP-THROTTLE-008",
      "OTLP-TIMEOUT-001",
      "OTLP-TIMEOUT-002",
      "OTLP-TIMEOUT-003",
      "OTLP-TIMEOUT-004",
      "OTLP-TIMEOUT-005",
      "OTLP-TIMEOUT-006",
      "OTLP-TLS-001",
      "OTLP-TLS-002");

  /** Runs the mutant. */
  static MutantVerdicts of(Mutant mutant, Path directory) throws Exception {
    MutantVerdicts verdicts =
        of(mutant, SelfTestRun.of(mutant.running(), selection(mutant), directory));
    List<ConformanceCase> named = SelfTestRun.allCases().stream()
        .filter(c -> mutant.killingCases().contains(c.id()))
        .toList();
    for (int i = 1; i < ATTEMPTS && !verdicts.killed().containsAll(mutant.killedBy()); i++) {
      MutantVerdicts again = of(mutant, SelfTestRun.of(mutant.running(), named, directory));
      verdicts.killed().addAll(again.killed());
      verdicts.flipped().addAll(again.flipped());
      verdicts.families().addAll(again.families());
    }
    return verdicts;
  }

  private static MutantVerdicts of(Mutant mutant, RunResult result) {
    SortedSet<String> killed = new TreeSet<>();
    SortedSet<String> flipped = new TreeSet<>();
    SortedSet<String> families = new TreeSet<>();
    for (CaseResult each : result.cases()) {
      ConformanceCase c = each.conformanceCase();
      Verdict verdict = each.verdict().verdict();
      each.verdict().failedChecks().forEach(check -> killed.add(c.id() + "/" + check));
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
   * The cases that a mutant is run against: those that are named for it, and some of each family
   * that the sound exporter passes.
   */
  private static List<ConformanceCase> selection(Mutant mutant) {
    Map<String, Integer> taken = new HashMap<>();
    Predicate<ConformanceCase> sample = mutant.subject() instanceof Forked
        ? SoundSubjects::needsProcess
        : c -> isQuick(c) && (isFull() || taken.merge(c.family(), 1, Integer::sum) <= SAMPLE);
    JsonNode capabilities = mutant.subject().capabilities();
    return SelfTestRun.allCases().stream()
        .filter(c ->
            mutant.killingCases().contains(c.id()) || (isOf(capabilities, c) && sample.test(c)))
        .toList();
  }

  private static boolean isOf(JsonNode capabilities, ConformanceCase c) {
    return CaseNeeds.missing(c, capabilities).stream().noneMatch(n -> n.startsWith("destination:"));
  }

  /** Whether the case neither waits, nor runs alone, nor needs a process of a subject's own. */
  static boolean isQuick(ConformanceCase c) {
    return !c.alone()
        && !SLOW.contains(c.id())
        && !SoundSubjects.needsProcess(c)
        && !SoundSubjects.forks(c);
  }

  private static boolean isFull() {
    return Boolean.getBoolean("selftest.full");
  }
}
