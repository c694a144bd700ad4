package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.expect.Expectation;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.EnumSet;
import java.util.Set;

/**
 * Renders {@code report.json}, for programs; its schema is {@code schemas/report-1.schema.json}.
 */
final class JsonReport {

  /** Value of the member {@code schema}; changes when a reader of the old form would fail. */
  static final String SCHEMA = "tracing-harness/report/1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Verdicts whose cases show what was seen. */
  private static final Set<Verdict> EXPLAINED =
      EnumSet.complementOf(EnumSet.of(Verdict.PASS, Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE));

  private final RequirementRegistry requirements;

  JsonReport(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  String render(RunResult run) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("schema", SCHEMA);
    report.put("suite", "tracing-harness " + run.suiteVersion());
    report
        .putObject("subject")
        .put("name", run.subject().name())
        .put("version", run.subject().version())
        .put("language", run.subject().language())
        .put("runtime", run.subject().runtime())
        .put("driver", run.subject().driver());
    report.put("seed", run.seed());
    report.put("startedAt", run.startedAt().toString());
    report.put("durationMs", run.duration().toMillis());
    counts(run, report.putObject("counts"));
    ArrayNode cases = report.putArray("cases");
    run.cases().forEach(c -> oneCase(run, c, cases.addObject()));
    ArrayNode warnings = report.putArray("warnings");
    run.warnings().forEach(warnings::add);
    return text(report);
  }

  private static void counts(RunResult run, ObjectNode counts) {
    RunSummary summary = RunSummary.of(run);
    counts
        .put("total", summary.total())
        .put("applicable", summary.applicable())
        .put("passed", run.passed())
        .put("failed", run.failed())
        .put("skipped", run.skipped());
    run.counts().forEach((verdict, n) -> counts.put(verdict.name(), n));
  }

  private void oneCase(RunResult run, CaseResult result, ObjectNode json) {
    ConformanceCase c = result.conformanceCase();
    CaseVerdict verdict = result.verdict();
    json.put("id", c.id())
        .put("title", c.title())
        .put("family", c.family())
        .put("destination", c.destination().type())
        .put("verdict", verdict.verdict().name());
    if (verdict.kind() != null) {
      json.put("kind", verdict.kind().label());
    }
    json.put("level", verdict.level().name()).put("requirement", verdict.requirement());
    requirements
        .find(verdict.requirement())
        .ifPresent(r -> json.put("requirementText", r.text())
            .put("requirementSource", r.source())
            .put("set", r.set()));
    json.put("message", verdict.message());
    Expectation known = result.known();
    if (known != null) {
      ObjectNode entry = json.putObject("known").put("reason", known.reason());
      if (known.url() != null) {
        entry.put("url", known.url());
      }
    }
    ArrayNode checks = json.putArray("checks");
    for (CheckVerdict check : verdict.checks()) {
      checks
          .addObject()
          .put("id", check.id())
          .put("verdict", check.verdict().name())
          .put("level", check.level().name())
          .put("requirement", check.requirement())
          .put("message", check.message());
    }
    if (EXPLAINED.contains(verdict.verdict())) {
      ArrayNode excerpt = json.putArray("excerpt");
      Excerpt.of(result).lines().forEach(excerpt::add);
    }
    json.put("durationMs", verdict.durationMs())
        .put("budgetMs", c.budget().toMillis())
        .put("attempts", result.histories().size())
        .put("repro", Repro.command(run, c.id()));
  }

  private static String text(ObjectNode report) {
    try {
      return JSON.writer(PrettyJson.printer()).writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes could not be written", e);
    }
  }
}
