package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.Html;
import io.github.tracingharness.conformance.report.VerdictWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Renders a comparison as one HTML file without anything from elsewhere: cases and requirements
 * with a column for each result, filters, and the details of whatever is not a plain pass.
 */
public final class ComparisonHtml {

  private static final String STYLE_OF_REPORTS =
      "/io/github/tracingharness/conformance/report/report.css";

  private final Comparison comparison;
  private final Html html = new Html();

  /** A page about these results. */
  public ComparisonHtml(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Renders the page. */
  public String render() {
    html.raw("<!doctype html>").newLine();
    html.open("html", "lang", "en").open("head").newLine();
    html.open("meta", "charset", "utf-8").newLine();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.newLine().open("meta", "name", "color-scheme", "content", "light dark").newLine();
    html.element("title", "Trace exporters compared").newLine();
    html.open("style")
        .raw(resource(STYLE_OF_REPORTS))
        .raw(resource("compare.css"))
        .close("style");
    html.newLine().close("head").newLine().open("body").newLine();
    header();
    html.open("main").newLine();
    filter();
    cases();
    requirements();
    html.element("p", "No row matches the filter.", "class", "nothing", "hidden", "")
        .newLine();
    new ComparisonDetails(html, comparison).write();
    html.close("main").newLine();
    html.open("script").raw(resource("compare.js")).close("script").newLine();
    return html.close("body").close("html").newLine().toString();
  }

  private void header() {
    html.open("header").newLine();
    html.element("p", "Tracing Harness conformance results", "class", "eyebrow");
    html.element("h1", "Trace exporters compared").newLine();
    html.open("div", "class", "scroll")
        .open("table", "class", "subjects")
        .open("thead")
        .open("tr");
    for (String column :
        List.of("subject", "exporter", "runtime", "run", "passed / applicable", "", "suite")) {
      html.element("th", column, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    for (SubjectResult each : comparison.results()) {
      html.newLine().open("tr").element("th", each.label(), "scope", "row");
      html.element("td", each.subject().name() + " " + each.subject().version());
      html.element("td", each.subject().language() + ", " + each.subject().runtime());
      html.element("td", each.day());
      Tally tally = each.tally();
      html.element("td", tally.passed() + " / " + tally.applicable(), "class", "number");
      html.open("td");
      meter(each);
      html.close("td").element("td", each.suite()).close("tr");
    }
    html.close("tbody").close("table").close("div").close("header").newLine();
  }

  private void meter(SubjectResult result) {
    html.open("span", "class", "meter");
    for (Verdict verdict : List.of(
        Verdict.PASS,
        Verdict.WARN,
        Verdict.KNOWN_FAILURE,
        Verdict.INCONCLUSIVE,
        Verdict.UNEXPECTED_PASS,
        Verdict.FLAKY,
        Verdict.FAIL,
        Verdict.HARNESS_ERROR)) {
      long n = result.count(verdict);
      if (n > 0) {
        String title = n + " " + VerdictWords.label(verdict);
        html.open("span", "class", verdict.name(), "style", "flex-grow:" + n, "title", title);
        html.close("span");
      }
    }
    html.close("span");
  }

  private void filter() {
    Collection<Comparison.Row> rows = comparison.rows();
    Set<Verdict> verdicts = rows.stream()
        .flatMap(row -> row.cells().values().stream())
        .map(CaseLine::verdict)
        .collect(Collectors.toCollection(TreeSet::new));
    html.open("form", "class", "filter", "hidden", "", "role", "search");
    html.open("fieldset").element("legend", "Rows");
    choice("cases", "cases", true);
    choice("requirements", "requirements", false);
    html.close("fieldset");
    select("set", "Set", names(rows, Comparison::setName), Map.of());
    select("destination", "Destination", names(rows, CaseLine::destination), Map.of());
    select("family", "Family", names(rows, CaseLine::family), Map.of());
    select(
        "verdict",
        "Verdict",
        verdicts.stream().map(Verdict::name).toList(),
        verdicts.stream().collect(Collectors.toMap(Verdict::name, VerdictWords::label)));
    html.open("label").text("of ").open("select", "name", "subject");
    html.element("option", "any subject", "value", "*");
    comparison.results().forEach(r -> html.element("option", r.label(), "value", r.label()));
    html.close("select").close("label");
    html.open("label");
    html.open("input", "type", "checkbox", "name", "differ").text(" only where subjects differ");
    html.close("label").open("label").text("Text ");
    html.open("input", "type", "search", "name", "text", "placeholder", "id, title, requirement");
    html.close("label").element("output", "", "aria-live", "polite");
    html.close("form").newLine();
  }

  private void choice(String value, String label, boolean checked) {
    html.open("label", "class", "choice");
    html.raw("<input type=\"radio\" name=\"rows\" value=\"" + value + "\""
        + (checked ? " checked>" : ">"));
    html.element("span", label).close("label");
  }

  private void select(
      String name, String label, Collection<String> values, Map<String, String> words) {
    html.open("label").text(label + " ").open("select", "name", name);
    html.element("option", "all", "value", "*");
    values.forEach(v -> html.element("option", words.getOrDefault(v, v), "value", v));
    html.close("select").close("label");
  }

  private static Set<String> names(
      Collection<Comparison.Row> rows, Function<CaseLine, String> name) {
    return rows.stream()
        .map(row -> name.apply(row.head()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void head(String first) {
    html.open("thead").open("tr").element("th", first, "scope", "col");
    comparison.results().forEach(r -> html.element("th", r.label(), "scope", "col"));
    html.close("tr").close("thead");
  }

  private void cases() {
    html.open("table", "class", "matrix", "data-rows", "cases");
    head("case");
    comparison
        .bySetAndFamily()
        .forEach((set, families) -> families.forEach((family, rows) -> {
          html.newLine().open("tbody").open("tr", "class", "group");
          html.open("th", "scope", "rowgroup").text(set + " · " + family).close("th");
          for (SubjectResult result : comparison.results()) {
            boolean any = rows.stream().anyMatch(row -> row.of(result).isPresent());
            html.element("td", any ? Comparison.tally(result, rows).text() : "");
          }
          html.close("tr");
          rows.forEach(this::caseRow);
          html.close("tbody");
        }));
    html.close("table").newLine();
  }

  private void caseRow(Comparison.Row row) {
    CaseLine c = row.head();
    html.newLine()
        .open(
            "tr",
            "class",
            "row",
            "data-set",
            Comparison.setName(c),
            "data-family",
            c.family(),
            "data-destination",
            c.destination(),
            "data-verdicts",
            verdicts(row),
            "data-differs",
            String.valueOf(row.differs()));
    html.open("th", "scope", "row").element("code", c.id());
    html.element("span", c.level().name(), "class", "level " + c.level());
    html.text(" ").element("span", c.title(), "class", "title");
    html.element("span", c.requirement(), "class", "key").close("th");
    for (SubjectResult result : comparison.results()) {
      CaseLine cell = row.cells().get(result.label());
      if (cell == null) {
        html.element("td", "", "class", "cell");
        continue;
      }
      String name = VerdictWords.shortName(cell.verdict());
      html.open("td", "class", "cell " + cell.verdict(), "title", title(cell));
      if (cell.isNoteworthy()) {
        html.element("a", name, "href", "#" + ComparisonDetails.anchor(result, cell));
      } else {
        html.text(cell.verdict() == Verdict.PASS ? "✓" : name);
      }
      html.close("td");
    }
    html.close("tr");
  }

  private String verdicts(Comparison.Row row) {
    return comparison.results().stream()
        .map(result -> row.of(result).map(c -> c.verdict().name()).orElse("-"))
        .collect(Collectors.joining(" "));
  }

  private static String title(CaseLine cell) {
    String label = VerdictWords.label(cell.verdict());
    return cell.message().isEmpty() ? label : label + ": " + cell.message();
  }

  private void requirements() {
    html.open("table", "class", "matrix", "data-rows", "requirements", "hidden", "");
    head("requirement (the worst of its cases)");
    html.open("tbody");
    for (Comparison.RequirementRow each : comparison.requirements()) {
      List<CaseLine> of = each.cases().stream().map(Comparison.Row::head).toList();
      String cells = comparison.results().stream()
          .map(r ->
              each.cells().containsKey(r.label()) ? each.cells().get(r.label()).name() : "-")
          .collect(Collectors.joining(" "));
      html.newLine()
          .open(
              "tr",
              "class",
              "row",
              "data-set",
              each.set(),
              "data-family",
              joined(of, CaseLine::family),
              "data-destination",
              joined(of, CaseLine::destination),
              "data-verdicts",
              cells,
              "data-differs",
              String.valueOf(each.cases().stream().anyMatch(Comparison.Row::differs)));
      html.open("th", "scope", "row").element("code", each.key());
      html.element("span", each.level().name(), "class", "level " + each.level());
      html.text(" ").element("span", joined(of, CaseLine::id).replace(" ", ", "), "class", "title");
      html.close("th");
      for (SubjectResult result : comparison.results()) {
        Verdict verdict = each.cells().get(result.label());
        String name =
            verdict == null ? "" : verdict == Verdict.PASS ? "✓" : VerdictWords.shortName(verdict);
        html.element("td", name, "class", verdict == null ? "cell" : "cell " + verdict);
      }
      html.close("tr");
    }
    html.close("tbody").close("table").newLine();
  }

  private static String joined(List<CaseLine> cases, Function<CaseLine, String> name) {
    return cases.stream().map(name).distinct().collect(Collectors.joining(" "));
  }

  private static String resource(String name) {
    try (InputStream in = ComparisonHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
