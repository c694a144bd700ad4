package io.github.tracingharness.benchmarks;

import io.github.tracingharness.benchmarks.Gate.Finding;
import io.github.tracingharness.benchmarks.Gate.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges results that are there already: {@code bench judge --base F,F,F --head F,F,F}. */
final class JudgeCommand {

  private final PrintStream out;

  JudgeCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns 0 if nothing is worse, else 1. */
  int run(Arguments arguments) {
    List<Scores> base = files(arguments.required("--base"));
    List<Scores> head = files(arguments.required("--head"));
    double limit = arguments.number("--limit", Gate.DEFAULT_LIMIT);
    arguments.requireNoMore();
    return report(new Gate(limit).judge(base, head));
  }

  /** Prints one line for each benchmark that is worse, and what there was beside them. */
  int report(List<Finding> findings) {
    List<Finding> worse = of(findings, Verdict.WORSE);
    worse.forEach(one -> out.println("WORSE   " + one.name() + ": " + one.text()));
    of(findings, Verdict.BETTER)
        .forEach(one -> out.println("better  " + one.name() + ": " + one.text()));
    of(findings, Verdict.NOT_COMPARED)
        .forEach(one -> out.println("skipped " + one.name() + ": " + one.text()));
    out.println(findings.size() + " benchmarks: " + worse.size() + " worse, "
        + of(findings, Verdict.BETTER).size() + " better, "
        + of(findings, Verdict.SAME).size() + " the same, "
        + of(findings, Verdict.NOT_COMPARED).size() + " not compared");
    if (of(findings, Verdict.NOT_COMPARED).size() == findings.size()) {
      throw new IllegalArgumentException("Base and head have no benchmark in common.");
    }
    return worse.isEmpty() ? 0 : 1;
  }

  private static List<Finding> of(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(one -> one.verdict() == verdict).toList();
  }

  private static List<Scores> files(String names) {
    List<Scores> scores = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      scores.add(Scores.read(Path.of(name)));
    }
    return scores;
  }
}
