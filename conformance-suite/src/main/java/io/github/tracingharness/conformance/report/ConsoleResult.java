package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Prints a finished run: failures in full, the rest in lines, the table of verdicts last. */
final class ConsoleResult {

  /** Failures that are shown in full; the others have a line each. */
  static final int MAX_FULL = 20;

  private static final int MAX_CHECK_LINES = 5;
  private static final String INDENT = "        ";

  private final PrintStream out;
  private final ConsoleStyle style;
  private final RequirementRegistry requirements;

  ConsoleResult(PrintStream out, ConsoleStyle style, RequirementRegistry requirements) {
    this.out = out;
    this.style = style;
    this.requirements = requirements;
  }

  void print(RunResult run) {
    List<CaseResult> red = CaseOrder.red(run);
    for (int i = 0; i < red.size(); i++) {
      if (i < MAX_FULL) {
        failure(run, red.get(i));
      } else {
        line(red.get(i));
      }
    }
    lines("Known failures", CaseOrder.of(run, Verdict.KNOWN_FAILURE));
    lines("Warnings (SHOULD not met)", CaseOrder.of(run, Verdict.WARN));
    if (!run.warnings().isEmpty()) {
      title("About the run");
      run.warnings().forEach(w -> wrapped("  - ", "    ", w));
    }
    table(run);
  }

  private void failure(RunResult run, CaseResult result) {
    CaseVerdict verdict = result.verdict();
    out.println();
    out.println(style.dim("-".repeat(style.width() - 1)));
    List<String> title = SafeText.wrap(
        verdict.caseId() + "  " + result.conformanceCase().title(),
        style.width() - INDENT.length());
    String name = SafeText.pad(VerdictWords.shortName(verdict.verdict()), INDENT.length());
    out.println(style.verdict(verdict.verdict(), name) + style.bold(title.get(0)));
    title.stream().skip(1).forEach(l -> out.println(INDENT + style.bold(l)));
    wrapped(INDENT, INDENT, requirement(verdict));
    if (verdict.kind() != null) {
      out.println(INDENT + "kind: " + verdict.kind().label());
    }
    out.println();
    checks(verdict);
    excerpt(result);
    out.println();
    // Never wrapped: the line is there to be copied.
    out.println("  repeat  " + SafeText.clean(Repro.command(run, verdict.caseId())));
  }

  private String requirement(CaseVerdict verdict) {
    String key = verdict.level() + " " + verdict.requirement();
    return requirements
        .find(verdict.requirement())
        .map(Requirement::text)
        .map(text -> key + ": " + text)
        .orElse(key);
  }

  private void checks(CaseVerdict verdict) {
    String message = CaseWords.besideChecks(verdict);
    if (!message.isEmpty()) {
      wrapped("  ", "    ", message);
    }
    List<String> notJudged = new ArrayList<>();
    for (CheckVerdict check : verdict.checks()) {
      if (check.verdict() == Verdict.INCONCLUSIVE) {
        notJudged.add(check.id());
      } else if (check.verdict() != Verdict.PASS) {
        check(check);
      }
    }
    if (!notJudged.isEmpty()) {
      wrapped("  ", "    ", "not judged: " + String.join(", ", notJudged));
    }
  }

  private void check(CheckVerdict check) {
    String name = SafeText.pad(VerdictWords.shortName(check.verdict()), 6);
    out.println("  " + style.verdict(check.verdict(), name) + "  " + SafeText.clean(check.id()));
    List<String> text = SafeText.wrap(check.message(), style.width() - INDENT.length() - 2);
    int shown = text.size() <= MAX_CHECK_LINES + 1 ? text.size() : MAX_CHECK_LINES;
    text.stream().limit(shown).forEach(l -> out.println(INDENT + "  " + l));
    if (text.size() > shown) {
      out.println(INDENT + "  ... " + (text.size() - shown) + " more lines in report.html");
    }
  }

  private void excerpt(CaseResult result) {
    Excerpt excerpt = Excerpt.of(result);
    if (excerpt.shown() == 0) {
      return;
    }
    out.println();
    out.println(
        "  Seen (" + excerpt.shown() + " of " + EventWords.count(excerpt.seen(), "event") + "):");
    excerpt.first().forEach(this::event);
    if (!excerpt.last().isEmpty()) {
      out.println(style.dim("              ..."));
      excerpt.last().forEach(this::event);
    }
  }

  private void event(HistoryEvent event) {
    String time = SafeText.padLeft(Excerpt.time(event), 12);
    out.println(style.dim(time) + "  " + Excerpt.line(event, style.width() - 15));
  }

  private void lines(String title, List<CaseResult> cases) {
    if (cases.isEmpty()) {
      return;
    }
    title(title);
    cases.forEach(this::line);
  }

  private void line(CaseResult result) {
    CaseVerdict verdict = result.verdict();
    String name = SafeText.pad(VerdictWords.shortName(verdict.verdict()), 7);
    String text = verdict.caseId() + "  "
        + (verdict.message().isEmpty() ? result.conformanceCase().title() : verdict.message());
    out.println("  " + style.verdict(verdict.verdict(), name) + " "
        + SafeText.cut(text, style.width() - 10));
  }

  private void title(String title) {
    out.println();
    out.println(style.bold(title));
  }

  private void wrapped(String first, String next, String text) {
    List<String> lines = SafeText.wrap(text, style.width() - next.length());
    for (int i = 0; i < lines.size(); i++) {
      out.println((i == 0 ? first : next) + lines.get(i));
    }
  }

  private void table(RunResult run) {
    RunSummary summary = RunSummary.of(run);
    List<Verdict> columns = summary.occurring();
    int width =
        summary.byFamily().keySet().stream().mapToInt(String::length).max().orElse(6) + 1;
    out.println();
    StringBuilder head = new StringBuilder(SafeText.pad("family", width));
    columns.forEach(v -> head.append(cell(v, VerdictWords.shortName(v))));
    out.println(style.bold(head.toString()));
    Map<Verdict, Integer> notApplicable = new EnumMap<>(Verdict.class);
    int folded = 0;
    for (Map.Entry<String, Map<Verdict, Integer>> family : summary.byFamily().entrySet()) {
      if (RunSummary.isNotApplicable(family.getValue())) {
        folded++;
        family.getValue().forEach((verdict, n) -> notApplicable.merge(verdict, n, Integer::sum));
      } else {
        row(family.getKey(), width, columns, family.getValue());
      }
    }
    if (folded > 0) {
      row("(" + folded + " more)", width, columns, notApplicable);
    }
    row("all", width, columns, summary.counts());
    out.println();
    out.println(summary.line());
    out.println();
  }

  private void row(String name, int width, List<Verdict> columns, Map<Verdict, Integer> counts) {
    StringBuilder row = new StringBuilder(SafeText.pad(SafeText.clean(name), width));
    for (Verdict verdict : columns) {
      int n = counts.getOrDefault(verdict, 0);
      String cell = cell(verdict, n == 0 ? "." : String.valueOf(n));
      row.append(n == 0 ? style.dim(cell) : style.verdict(verdict, cell));
    }
    out.println(row);
  }

  /** As narrow as the name allows: with all verdicts the table still fits 80 columns. */
  private static String cell(Verdict verdict, String text) {
    return SafeText.padLeft(text, VerdictWords.shortName(verdict).length() + 2);
  }
}
