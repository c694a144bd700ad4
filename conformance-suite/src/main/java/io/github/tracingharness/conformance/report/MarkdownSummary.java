package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Renders {@code summary.md} for the summary page of a CI step: what fails comes first. Stays below
 * one megabyte, which is what such pages take.
 */
final class MarkdownSummary {

  private static final int MAX_CHARS = 300_000;
  private static final int MAX_MESSAGE = 2_000;

  private final RequirementRegistry requirements;
  private final StringBuilder text = new StringBuilder();

  MarkdownSummary(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  String render(RunResult run) {
    SubjectIdentity subject = run.subject();
    line("# Conformance of " + inline(subject.name() + " " + subject.version()));
    line("");
    line("**" + run.closingLine() + "** (" + RunSummary.of(run).line() + ")");
    line("");
    line(inline(subject.language() + ", " + subject.runtime() + ", driver " + subject.driver())
        + "; suite " + inline(run.suiteVersion()) + ", seed " + run.seed() + ", "
        + run.startedAt() + ", " + EventWords.millis(run.duration().toNanos()) + " ms");
    line("");
    failures(run);
    list("Known failures", CaseOrder.of(run, Verdict.KNOWN_FAILURE));
    list("Warnings", CaseOrder.of(run, Verdict.WARN));
    list("Unsupported", CaseOrder.of(run, Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE));
    if (!run.warnings().isEmpty()) {
      line("## About the run");
      line("");
      run.warnings().forEach(w -> line("- " + inline(w)));
      line("");
    }
    table(run);
    return text.toString();
  }

  private void failures(RunResult run) {
    List<CaseResult> red = CaseOrder.red(run);
    if (red.isEmpty()) {
      return;
    }
    line("## Failures");
    line("");
    for (int i = 0; i < red.size(); i++) {
      if (text.length() > MAX_CHARS) {
        line("… and " + EventWords.count(red.size() - i, "more case")
            + "; all are in `report.html` and `report.json`.");
        line("");
        return;
      }
      failure(run, red.get(i));
    }
  }

  private void failure(RunResult run, CaseResult result) {
    CaseVerdict verdict = result.verdict();
    line("### " + VerdictWords.label(verdict.verdict()) + ": " + inline(verdict.caseId()));
    line("");
    line(inline(result.conformanceCase().title()));
    line("");
    String statement = requirements
        .find(verdict.requirement())
        .map(Requirement::text)
        .map(t -> ": " + inline(t))
        .orElse("");
    line("**" + verdict.level() + "** " + inline(verdict.requirement()) + statement);
    line("");
    block(message(verdict));
    line("<details><summary>Repeat it</summary>");
    line("");
    block(Repro.command(run, verdict.caseId()));
    line("</details>");
    line("");
  }

  private static String message(CaseVerdict verdict) {
    List<String> lines = new ArrayList<>();
    String message = CaseWords.besideChecks(verdict);
    if (!message.isEmpty()) {
      lines.add(message);
    }
    for (CheckVerdict check : verdict.checks()) {
      if (check.verdict() != Verdict.PASS) {
        lines.add(
            VerdictWords.shortName(check.verdict()) + " " + check.id() + ": " + check.message());
      }
    }
    String text = String.join("\n", lines);
    return text.length() <= MAX_MESSAGE
        ? text
        : text.substring(0, MAX_MESSAGE) + "\n… (" + text.length() + " characters)";
  }

  private void list(String title, List<CaseResult> cases) {
    if (cases.isEmpty()) {
      return;
    }
    line("## " + title);
    line("");
    for (CaseResult c : cases) {
      String message = c.verdict().message();
      line("- **" + inline(c.conformanceCase().id()) + "** "
          + inline(message.isEmpty() ? c.conformanceCase().title() : SafeText.cut(message, 300)));
    }
    line("");
  }

  private void table(RunResult run) {
    RunSummary summary = RunSummary.of(run);
    List<Verdict> columns = summary.occurring();
    line("## Families");
    line("");
    StringBuilder head = new StringBuilder("| family |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Verdict verdict : columns) {
      head.append(' ').append(VerdictWords.label(verdict)).append(" |");
      rule.append("--:|");
    }
    line(head.toString());
    line(rule.toString());
    summary.byFamily().forEach((family, counts) -> row(inline(family), columns, counts));
    row("**all**", columns, summary.counts());
  }

  private void row(String name, List<Verdict> columns, Map<Verdict, Integer> counts) {
    StringBuilder row = new StringBuilder("| " + name + " |");
    for (Verdict verdict : columns) {
      int n = counts.getOrDefault(verdict, 0);
      row.append(' ').append(n == 0 ? "" : String.valueOf(n)).append(" |");
    }
    line(row.toString());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void block(String content) {
    text.append(MarkdownText.block(content));
  }

  private static String inline(String raw) {
    return MarkdownText.inline(raw);
  }
}
