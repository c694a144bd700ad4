package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.requirement.RequirementRegistry;

/** Renders {@code report.html}. */
final class HtmlReport {

  private final RequirementRegistry requirements;

  HtmlReport(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  String render(RunResult run) {
    return "<!doctype html><meta charset=utf-8><title>Conformance</title><p>"
        + MarkdownSummary.inline(run.closingLine()) + ", of "
        + requirements.all().size();
  }
}
