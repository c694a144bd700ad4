package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Renders {@code report.html}: one file without anything from elsewhere, readable without script
 * and on paper. A run of 60 cases stays below 5 MB: what the transcripts may take is divided among
 * the cases, and those that are not a plain pass get more of it.
 */
final class HtmlReport {

  private static final int TRANSCRIPTS = 3_600_000;
  private static final int MAX_ALLOWANCE = 250_000;
  private static final int WEIGHT_OF_TROUBLE = 6;
  private static final int OPEN_AT_START = 5;

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
          "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  private final RequirementRegistry requirements;

  HtmlReport(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  String render(RunResult run) {
    Html html = new Html();
    String title =
        "Conformance of " + run.subject().name() + " " + run.subject().version();
    html.raw("<!doctype html>").newLine();
    html.open("html", "lang", "en").open("head").newLine();
    html.open("meta", "charset", "utf-8").newLine();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.newLine().open("meta", "name", "color-scheme", "content", "light dark").newLine();
    html.element("title", title).newLine();
    html.open("style").raw(resource("report.css")).close("style").newLine();
    html.close("head").newLine().open("body").newLine();
    header(html, run);
    html.open("main").newLine();
    trouble(html, run);
    remarks(html, run);
    families(html, run);
    table(html, run);
    details(html, run);
    html.close("main").newLine();
    footer(html, run);
    html.open("script").raw(resource("report.js")).close("script").newLine();
    return html.close("body").close("html").newLine().toString();
  }

  private static void header(Html html, RunResult run) {
    SubjectIdentity subject = run.subject();
    RunSummary summary = RunSummary.of(run);
    html.open("header").newLine();
    html.element("p", "Tracing Harness conformance report", "class", "eyebrow");
    html.open("h1").text(subject.name() + " ");
    html.element("span", subject.version(), "class", "version").close("h1");
    html.open("p", "class", "result " + (run.failed() > 0 ? "FAIL" : "PASS"));
    html.element("strong", run.closingLine()).close("p");
    html.element("p", summary.line(), "class", "counts");
    meter(html, summary);
    html.open("dl", "class", "facts");
    fact(html, "Exporter", subject.language() + ", " + subject.runtime());
    fact(html, "Driver", subject.driver());
    fact(html, "Suite", run.suiteVersion());
    fact(html, "Seed", String.valueOf(run.seed()));
    fact(html, "Started", DATE.format(run.startedAt()));
    fact(html, "Took", String.format(Locale.ROOT, "%.1f s", run.duration().toMillis() / 1000.0));
    html.close("dl").close("header").newLine();
  }

  private static void fact(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  private static void meter(Html html, RunSummary summary) {
    List<Verdict> verdicts = summary.occurring();
    html.open("div", "class", "meter", "aria-hidden", "true");
    for (Verdict verdict : verdicts) {
      int n = summary.count(verdict);
      html.open("span", "class", verdict.name(), "style", "flex-grow:" + n).close("span");
    }
    html.close("div").open("ul", "class", "legend");
    for (Verdict verdict : verdicts) {
      html.open("li", "title", VerdictWords.meaning(verdict));
      html.element("span", "", "class", "dot " + verdict);
      html.text(summary.count(verdict) + " " + VerdictWords.label(verdict)).close("li");
    }
    html.close("ul");
  }

  private static void trouble(Html html, RunResult run) {
    List<CaseResult> red = CaseOrder.red(run);
    if (red.isEmpty()) {
      return;
    }
    html.open("section", "class", "trouble").element("h2", "What went wrong").open("ul");
    for (CaseResult c : red) {
      CaseVerdict verdict = c.verdict();
      html.newLine().open("li").open("p");
      HtmlCase.badge(html, verdict.verdict());
      html.element("a", verdict.caseId(), "href", "#" + verdict.caseId());
      html.text(" " + c.conformanceCase().title()).close("p");
      html.element("pre", verdict.message()).close("li");
    }
    html.close("ul").close("section").newLine();
  }

  private static void remarks(Html html, RunResult run) {
    if (run.warnings().isEmpty()) {
      return;
    }
    html.open("section").element("h2", "About the run").open("ul");
    run.warnings().forEach(w -> html.element("li", w));
    html.close("ul").close("section").newLine();
  }

  private static void families(Html html, RunResult run) {
    RunSummary summary = RunSummary.of(run);
    List<Verdict> columns = summary.occurring();
    html.open("section").element("h2", "Families");
    html.open("div", "class", "scroll")
        .open("table", "class", "families")
        .open("thead")
        .open("tr");
    html.element("th", "family", "scope", "col");
    columns.forEach(v -> html.element("th", VerdictWords.label(v), "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    summary.byFamily().forEach((family, counts) -> familyRow(html, family, columns, counts));
    html.close("tbody").open("tfoot");
    familyRow(html, "all", columns, summary.counts());
    html.close("tfoot").close("table").close("div").close("section").newLine();
  }

  private static void familyRow(
      Html html, String family, List<Verdict> columns, Map<Verdict, Integer> counts) {
    html.newLine().open("tr").element("th", family, "scope", "row");
    for (Verdict verdict : columns) {
      int n = counts.getOrDefault(verdict, 0);
      html.element(
          "td", n == 0 ? "·" : String.valueOf(n), "class", n == 0 ? "none" : "n " + verdict);
    }
    html.close("tr");
  }

  private void table(Html html, RunResult run) {
    html.open("section", "class", "cases").element("h2", "Cases");
    filter(html, run);
    html.open("table", "class", "overview").open("thead").open("tr");
    for (String column : List.of("Verdict", "Case", "Requirement", "Time")) {
      html.element("th", column, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    for (CaseResult result : run.cases()) {
      ConformanceCase c = result.conformanceCase();
      CaseVerdict verdict = result.verdict();
      html.newLine()
          .open(
              "tr",
              "data-case",
              c.id(),
              "data-verdict",
              verdict.verdict().name(),
              "data-family",
              c.family(),
              "data-destination",
              c.destination().type(),
              "data-set",
              set(result));
      html.open("td");
      HtmlCase.badge(html, verdict.verdict());
      html.close("td").open("td").element("a", c.id(), "href", "#" + c.id());
      html.element("span", c.title(), "class", "title").close("td").open("td");
      html.element("span", verdict.level().name(), "class", "level " + verdict.level());
      html.text(" ").element("code", verdict.requirement()).close("td");
      html.element("td", verdict.durationMs() + " ms", "class", "time").close("tr");
    }
    html.close("tbody").close("table");
    html.element("p", "No case matches the filter.", "class", "nothing", "hidden", "");
    html.close("section").newLine();
  }

  private String set(CaseResult result) {
    return requirements
        .find(result.verdict().requirement())
        .map(Requirement::set)
        .orElse("");
  }

  private void filter(Html html, RunResult run) {
    RunSummary summary = RunSummary.of(run);
    html.open("form", "class", "filter", "hidden", "", "role", "search");
    html.open("fieldset").element("legend", "Verdict");
    choice(html, "all", "all", summary.total(), true);
    summary
        .occurring()
        .forEach(v -> choice(html, v.name(), VerdictWords.label(v), summary.count(v), false));
    html.close("fieldset").open("label").text("Family ").open("select", "name", "family");
    html.element("option", "all families");
    summary.byFamily().keySet().forEach(f -> html.element("option", f));
    html.close("select").close("label");
    select(html, "set", "Set", run.cases().stream().map(this::set));
    select(
        html,
        "destination",
        "Destination",
        run.cases().stream().map(c -> c.conformanceCase().destination().type()));
    html.open("label").text("Text ");
    html.open("input", "type", "search", "name", "text", "placeholder", "id, title, requirement");
    html.close("label")
        .element("output", "", "aria-live", "polite")
        .close("form")
        .newLine();
  }

  /** A choice that has sense only where there is more than one. */
  private static void select(Html html, String name, String label, Stream<String> values) {
    List<String> all = values.filter(v -> !v.isEmpty()).distinct().sorted().toList();
    if (all.size() > 1) {
      html.open("label").text(label + " ").open("select", "name", name);
      html.element("option", "all", "value", "*");
      all.forEach(v -> html.element("option", v, "value", v));
      html.close("select").close("label");
    }
  }

  private static void choice(Html html, String value, String label, int n, boolean checked) {
    html.open("label", "class", "choice");
    html.raw("<input type=\"radio\" name=\"verdict\" value=\"" + Html.escape(value) + "\""
        + (checked ? " checked>" : ">"));
    html.open("span").text(label + " ").element("b", String.valueOf(n)).close("span");
    html.close("label");
  }

  private void details(Html html, RunResult run) {
    html.open("section", "class", "details").element("h2", "Case by case");
    HtmlCase writer = new HtmlCase(html, run, requirements);
    long weights = run.cases().stream().mapToLong(HtmlReport::weight).sum();
    long left = TRANSCRIPTS;
    int opened = 0;
    for (CaseResult result : run.cases()) {
      boolean open = result.verdict().verdict().isFailed() && opened < OPEN_AT_START;
      opened += open ? 1 : 0;
      long share = left * weight(result) / weights;
      int before = html.length();
      writer.write(result, open, (int) Math.min(share, MAX_ALLOWANCE));
      // What a case leaves over is for those after it.
      left = Math.max(0, left - (html.length() - before));
      weights -= weight(result);
    }
    html.close("section").newLine();
  }

  private static long weight(CaseResult result) {
    return result.verdict().verdict() == Verdict.PASS ? 1 : WEIGHT_OF_TROUBLE;
  }

  private static void footer(Html html, RunResult run) {
    html.open("footer");
    html.element(
        "p",
        "Made by Tracing Harness " + run.suiteVersion()
            + ". Times are milliseconds since the start of the case. Bodies are shown up to "
            + HtmlTranscript.MAX_BODY
            + " characters; run.ndjson beside this file holds everything.");
    html.close("footer").newLine();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
