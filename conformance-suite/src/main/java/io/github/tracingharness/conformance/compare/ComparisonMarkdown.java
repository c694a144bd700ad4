package io.github.tracingharness.conformance.compare;

import static io.github.tracingharness.conformance.report.MarkdownText.inline;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.VerdictWords;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Renders a comparison as Markdown: subjects, then families and cases of each set. */
public final class ComparisonMarkdown {

  private final Comparison comparison;
  private final StringBuilder text = new StringBuilder();

  /** A page about these results. */
  public ComparisonMarkdown(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Renders the page.
   *
   * @param title its heading
   * @param introduction Markdown below the heading
   */
  public String render(String title, String introduction) {
    line("# " + title);
    line("");
    line(introduction.strip());
    line("");
    subjects();
    legend();
    comparison.bySetAndFamily().forEach(this::set);
    return text.toString();
  }

  private void subjects() {
    line(
        "| subject | exporter | runtime | run | passed/applicable | fail | known | warn | other |");
    line("|---|---|---|---|--:|--:|--:|--:|--:|");
    for (SubjectResult each : comparison.results()) {
      long fail = each.cases().stream().filter(c -> c.verdict().isFailed()).count();
      line("| **%s** | %s | %s | %s | %s | %s | %s | %s | %s |"
          .formatted(
              inline(each.label()),
              inline(each.subject().name() + " " + each.subject().version()),
              inline(each.subject().language() + ", " + each.subject().runtime()),
              inline(each.day()),
              each.tally().text(),
              number(fail),
              number(each.count(Verdict.KNOWN_FAILURE)),
              number(each.count(Verdict.WARN)),
              number(each.cases().size()
                  - each.tally().passed()
                  - fail
                  - each.count(Verdict.KNOWN_FAILURE))));
    }
    line("");
  }

  private static String number(long n) {
    return n == 0 ? "" : String.valueOf(n);
  }

  private void legend() {
    Set<Verdict> occurring = EnumSet.noneOf(Verdict.class);
    comparison.results().forEach(r -> r.cases().forEach(c -> occurring.add(c.verdict())));
    line("What stands in the tables: passed/applicable in those of families; for a case");
    line("");
    for (Verdict verdict : List.of(Verdict.values())) {
      if (occurring.contains(verdict)) {
        line("- " + mark(verdict) + " " + VerdictWords.label(verdict) + ": "
            + VerdictWords.meaning(verdict));
      }
    }
    line("- an empty field: not part of the run");
    line("");
  }

  private void set(String set, Map<String, List<Comparison.Row>> families) {
    line("## " + inline(set));
    line("");
    header("| family |");
    families.forEach((family, rows) -> cells(
        "| " + inline(family) + " |",
        result -> rows.stream().anyMatch(row -> row.of(result).isPresent())
            ? Comparison.tally(result, rows).text()
            : ""));
    List<Comparison.Row> all = families.values().stream().flatMap(List::stream).toList();
    cells("| **all** |", result -> "**" + Comparison.tally(result, all).text() + "**");
    line("");
    line("<details><summary>" + all.size() + " cases</summary>");
    line("");
    header("| case | level | what it shows |");
    for (Comparison.Row row : all) {
      CaseLine c = row.head();
      cells(
          "| %s | %s | %s |".formatted(inline(c.id()), c.level(), inline(c.title())),
          result -> row.of(result).map(cell -> mark(cell.verdict())).orElse(""));
    }
    line("");
    line("</details>");
    line("");
  }

  private void header(String first) {
    StringBuilder head = new StringBuilder(first);
    StringBuilder rule = new StringBuilder(first.replaceAll("[^|]+", "---"));
    for (SubjectResult each : comparison.results()) {
      head.append(' ').append(inline(each.label())).append(" |");
      rule.append(":-:|");
    }
    line(head.toString());
    line(rule.toString());
  }

  private void cells(String first, Function<SubjectResult, String> cell) {
    StringBuilder row = new StringBuilder(first);
    for (SubjectResult each : comparison.results()) {
      row.append(' ').append(cell.apply(each)).append(" |");
    }
    line(row.toString());
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✓";
      case UNSUPPORTED -> "–";
      case NOT_APPLICABLE -> "·";
      case WARN -> "warn";
      case KNOWN_FAILURE -> "known";
      case INCONCLUSIVE -> "?";
      default -> "**" + VerdictWords.shortName(verdict) + "**";
    };
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
