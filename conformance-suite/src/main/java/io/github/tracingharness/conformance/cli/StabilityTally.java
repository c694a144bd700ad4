package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts how often each case ended in which way over many runs. */
final class StabilityTally {

  /** Part of its budget that a case may take. */
  private static final double SLOW = 0.5;

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int runs;

  /** What became of one case. */
  private static final class Entry {

    private final ConformanceCase conformanceCase;
    private final Map<String, Integer> outcomes = new LinkedHashMap<>();
    private final Map<String, String> firstMessages = new LinkedHashMap<>();
    private long slowestMs;

    Entry(ConformanceCase conformanceCase) {
      this.conformanceCase = conformanceCase;
    }

    double shareOfBudget() {
      return slowestMs / (double) conformanceCase.budget().toMillis();
    }
  }

  void add(RunResult run) {
    runs++;
    for (CaseResult result : run.cases()) {
      CaseVerdict verdict = result.verdict();
      Entry entry =
          entries.computeIfAbsent(verdict.caseId(), id -> new Entry(result.conformanceCase()));
      String outcome = outcome(verdict);
      entry.outcomes.merge(outcome, 1, Integer::sum);
      entry.firstMessages.putIfAbsent(outcome, verdict.message());
      result.histories().forEach(h -> entry.slowestMs = Math.max(entry.slowestMs, h.durationMs()));
    }
  }

  // Two failures of different checks are different outcomes, though both are FAIL.
  private static String outcome(CaseVerdict verdict) {
    Verdict v = verdict.verdict();
    List<String> failed = verdict.failedChecks();
    return failed.isEmpty() ? v.name() : v.name() + " of " + String.join(", ", failed);
  }

  /** Returns the number of cases that did not always end in the same way. */
  int differing() {
    return (int) entries.values().stream().filter(e -> e.outcomes.size() > 1).count();
  }

  /** Returns the cases that differ, each with its rates. */
  List<String> differences() {
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.outcomes.size() > 1) {
        lines.add(entry.conformanceCase.id() + "  " + entry.conformanceCase.title());
        entry.outcomes.forEach((outcome, n) -> {
          String message = entry.firstMessages.getOrDefault(outcome, "").strip();
          lines.add("    %d/%d %s%s"
              .formatted(n, runs, outcome, message.isEmpty() ? "" : ": " + firstLine(message)));
        });
      }
    }
    return lines;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /** Returns the cases that took most of their budget, the worst first. */
  List<String> slowest(int limit) {
    return entries.values().stream()
        .sorted(Comparator.comparingDouble(Entry::shareOfBudget).reversed())
        .limit(limit)
        .map(e -> "%-20s %6d ms of %d ms, %.0f %%%s"
            .formatted(
                e.conformanceCase.id(),
                e.slowestMs,
                e.conformanceCase.budget().toMillis(),
                100 * e.shareOfBudget(),
                e.shareOfBudget() > SLOW ? "  more than half: raise its budget" : ""))
        .collect(Collectors.toList());
  }
}
