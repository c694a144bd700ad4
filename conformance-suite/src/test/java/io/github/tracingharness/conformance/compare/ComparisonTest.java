package io.github.tracingharness.conformance.compare;

import static io.github.tracingharness.conformance.compare.SampleResults.known;
import static io.github.tracingharness.conformance.compare.SampleResults.line;
import static io.github.tracingharness.conformance.compare.SampleResults.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.conformance.judge.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final String ISSUE = "https://github.com/mlflow/mlflow/issues/1";

  private static final Comparison TWO = new Comparison(List.of(
      result(
          "python",
          line("MLF-X-001", Verdict.PASS),
          line("MLF-X-002", Verdict.FAIL),
          known("MLF-X-003", "it sends twice", ISSUE),
          known("MLF-X-004", "it sends late", null),
          line("MLF-X-005", Verdict.WARN),
          line("UCT-X-001", "uc-2026-11", "uc", Verdict.UNSUPPORTED, null, "no catalog")),
      result(
          "go",
          line("MLF-X-001", Verdict.PASS),
          line("MLF-X-002", Verdict.PASS),
          line("MLF-X-004", Verdict.UNSUPPORTED),
          line("UCT-X-001", "uc-2026-11", "uc", Verdict.PASS, null, ""))));

  private static String markdown() {
    return new ComparisonMarkdown(TWO).render("Results", "Text.");
  }

  @Test
  void comparison_sameLabelTwice_isRefused() {
    assertThatThrownBy(() -> new Comparison(List.of(result("a"), result("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rows_runsOfDifferentCases_haveEachCaseOnceInOrder() {
    assertThat(TWO.rows())
        .extracting(row -> row.head().id())
        .containsExactly(
            "MLF-X-001", "MLF-X-002", "MLF-X-003", "MLF-X-004", "MLF-X-005", "UCT-X-001");
    // Unsupported says nothing, so only one row differs.
    assertThat(TWO.rows().stream().filter(Comparison.Row::differs))
        .extracting(row -> row.head().id())
        .containsExactly("MLF-X-002");
  }

  @Test
  void requirements_manyCases_showTheWorstThatWasJudged() {
    Comparison.RequirementRow row = TWO.requirements().get(0);

    assertThat(row.key()).isEqualTo("MLF-A-01");
    assertThat(row.cells()).containsEntry("python", Verdict.FAIL).containsEntry("go", Verdict.PASS);
  }

  @Test
  void markdown_results_countWithDenominatorsAndMarkEachCase() {
    assertThat(markdown())
        .contains("| **python** | python 3.17.2 | Python, CPython 3.11.7 | 2026-11-23 | 2/5 | 1 |"
            + " 2 | 1 | 1 |")
        .contains("| **go** | go 3.17.2 | Python, CPython 3.11.7 | 2026-11-23 | 3/3 |  |  |  | 1 |")
        .contains("## uc-2026-11")
        .contains("| uc | – | 1/1 |")
        .contains("| MLF-X-002 | MUST | Title of MLF-X-002 | **FAIL** | ✓ |")
        .contains("| MLF-X-003 | MUST | Title of MLF-X-003 | known |  |");
  }

  @Test
  void findings_failures_nameStatementSourceEvidenceAndIssue() {
    String page = new FindingsPage(TWO).render();

    assertThat(page)
        .contains("> A trace is sent once.")
        .contains("> — mlflow tests: test\\_export")
        .contains("#### python 3.17.2: MLF-X-003, known failure")
        .contains("Why: it sends twice.")
        .contains("Public issue: <" + ISSUE + ">")
        .contains("Why: it sends late.\n\nPublic issue: none was found.")
        .contains("Public issue: not looked for.")
        .contains("once: expected 1 request, found 2")
        .contains("+70 ms  POST /traces => 503")
        .contains("| [MLF-A-01](#mlf-a-01) | MUST | 3 |  |")
        .contains("## SHOULD not met");
    assertThat(page.indexOf("## MUST not met")).isLessThan(page.indexOf("## SHOULD not met"));
    assertThat(page).doesNotContain("UCT-X-001").doesNotContain("MLF-X-001");
  }

  @Test
  void findings_nothing_saysSo() {
    Comparison good = new Comparison(List.of(result("go", line("MLF-X-001", Verdict.PASS))));

    assertThat(new FindingsPage(good).render()).contains("each exporter meets each requirement");
  }

  @Test
  void html_links_leadToDetails() {
    String page = new ComparisonHtml(TWO).render();

    Set<String> ids = all(page, " id=\"([^\"]+)\"");
    Set<String> links = all(page, " href=\"#([^\"]+)\"");
    assertThat(links)
        .containsExactlyInAnyOrder(
            "python/MLF-X-002", "python/MLF-X-003", "python/MLF-X-004", "python/MLF-X-005");
    assertThat(ids).containsAll(links);
    assertThat(page)
        .contains("data-destination=\"databricks-uc\"")
        .contains("data-verdicts=\"FAIL PASS\"")
        .doesNotContain("http://", "src=", "@import", "url(", "fetch(");
  }

  @Test
  void html_hostileText_isOnlyText() {
    String page = new ComparisonHtml(
            new Comparison(List.of(result("go", SampleResults.hostile("MLF-X-001")))))
        .render();

    assertThat(page)
        .containsOnlyOnce("<script>")
        .doesNotContain("\u202e")
        .doesNotContain("<b>alert");
    assertThat(openTags(page)).isEmpty();
  }

  @Test
  void markdown_hostileText_breaksNoTable() {
    Comparison hostile = new Comparison(List.of(result("go", SampleResults.hostile("MLF-X-001"))));

    assertThat(new FindingsPage(hostile).render()).contains("Why: &lt;/script&gt;");
    assertThat(new ComparisonMarkdown(hostile).render("x", "y")).doesNotContain("<script>");
  }

  private static Set<String> all(String page, String regex) {
    return Pattern.compile(regex)
        .matcher(page)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Deque<String> openTags(String page) {
    Matcher tags = Pattern.compile("<(/?)([a-z0-9]+)[^<>]*>")
        .matcher(page.replaceAll("(?s)<(script|style)>.*?</\\1>", ""));
    Deque<String> open = new ArrayDeque<>();
    while (tags.find()) {
      if (!tags.group(1).isEmpty()) {
        assertThat(open.pop()).isEqualTo(tags.group(2));
      } else if (!Set.of("meta", "input", "br").contains(tags.group(2))) {
        open.push(tags.group(2));
      }
    }
    return open;
  }
}
