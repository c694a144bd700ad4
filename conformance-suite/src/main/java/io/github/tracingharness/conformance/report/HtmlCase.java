package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the section of one case: what was asked, what was done, what was seen. */
final class HtmlCase {

  private final Html html;
  private final RunResult run;
  private final RequirementRegistry requirements;

  HtmlCase(Html html, RunResult run, RequirementRegistry requirements) {
    this.html = html;
    this.run = run;
    this.requirements = requirements;
  }

  /** Writes a verdict as a coloured word. */
  static void badge(Html html, Verdict verdict) {
    html.element(
        "span",
        VerdictWords.label(verdict),
        "class",
        "badge " + verdict.name(),
        "title",
        VerdictWords.meaning(verdict));
  }

  /**
   * Writes the section.
   *
   * @param open whether it is unfolded from the start
   * @param allowance number of characters for all of its transcripts
   */
  void write(CaseResult result, boolean open, int allowance) {
    ConformanceCase c = result.conformanceCase();
    CaseVerdict verdict = result.verdict();
    html.newLine();
    if (open) {
      html.open("details", "class", "case", "data-case", c.id(), "open", "");
    } else {
      html.open("details", "class", "case", "data-case", c.id());
    }
    html.open("summary");
    badge(html, verdict.verdict());
    html.element("strong", c.id()).element("span", c.title(), "class", "title");
    html.close("summary").open("div", "class", "inside", "id", c.id());
    requirement(verdict);
    message(verdict);
    checks(c, verdict);
    steps(c);
    html.element("h4", "Repeat it");
    html.element("pre", Repro.command(run, c.id()), "class", "repro", "tabindex", "0");
    histories(result, allowance);
    html.close("div").close("details");
  }

  private void requirement(CaseVerdict verdict) {
    html.open("blockquote", "class", "requirement");
    html.element("span", verdict.level().name(), "class", "level " + verdict.level());
    html.text(" ").element("code", verdict.requirement());
    requirements.find(verdict.requirement()).ifPresent(this::statement);
    html.close("blockquote");
  }

  private void statement(Requirement requirement) {
    html.element("p", requirement.text());
    html.element(
        "p",
        "Source: " + requirement.source() + " (" + requirement.kind() + "), set "
            + requirement.set(),
        "class",
        "note");
  }

  private void message(CaseVerdict verdict) {
    String message = CaseWords.besideChecks(verdict);
    if (!message.isEmpty()) {
      html.element("p", message, "class", "message");
    }
    if (verdict.kind() != null) {
      html.element("span", "failed by " + verdict.kind().label(), "class", "kind");
    }
  }

  private void checks(ConformanceCase c, CaseVerdict verdict) {
    if (verdict.checks().isEmpty()) {
      return;
    }
    Set<String> controls = c.checks().stream()
        .filter(NamedCheck::control)
        .map(NamedCheck::id)
        .collect(Collectors.toSet());
    html.element("h4", "Checks").open("table", "class", "checks").open("tbody");
    for (CheckVerdict check : verdict.checks()) {
      html.open("tr").open("td");
      badge(html, check.verdict());
      html.close("td").open("th", "scope", "row").element("code", check.id());
      if (controls.contains(check.id())) {
        html.element(
            "span",
            "control",
            "class",
            "tag",
            "title",
            "Shows that there was something to judge; unmet, no other check is judged.");
      }
      if (!check.requirement().equals(verdict.requirement())) {
        html.element("span", check.level() + " " + check.requirement(), "class", "tag");
      }
      html.close("th").element("td", check.message(), "class", "found").close("tr");
    }
    html.close("tbody").close("table");
  }

  private void steps(ConformanceCase c) {
    html.element("h4", "What is done").open("ol", "class", "steps");
    StepWords.of(c).forEach(words -> html.element("li", words));
    html.close("ol");
  }

  private void histories(CaseResult result, int allowance) {
    List<CaseHistory> histories = result.histories();
    if (histories.isEmpty()) {
      html.element("h4", "What was seen");
      html.element("p", "Nothing: the case was not run.", "class", "note");
      return;
    }
    for (int i = 0; i < histories.size(); i++) {
      CaseHistory history = histories.get(i);
      int share = share(i, histories.size(), allowance);
      html.open("h4").text("What was seen");
      if (histories.size() > 1) {
        html.text(", attempt " + history.attempt() + " of " + histories.size());
      }
      html.element(
          "span",
          EventWords.count(history.events().size(), "event") + " in " + history.durationMs()
              + " ms",
          "class",
          "tag");
      html.close("h4");
      html.open(
              "div",
              "class",
              "scroll",
              "tabindex",
              "0",
              "role",
              "group",
              "aria-label",
              "Timeline of " + history.caseId())
          .raw(HtmlTimeline.of(history, share / 3))
          .close("div");
      HtmlTranscript.write(html, history, share * 2 / 3);
    }
  }

  /** The first run gets half: it is the one that is read, the others confirm it. */
  private static int share(int index, int runs, int allowance) {
    if (runs == 1) {
      return allowance;
    }
    return index == 0 ? allowance / 2 : allowance / 2 / (runs - 1);
  }
}
