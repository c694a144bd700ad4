package io.github.tracingharness.conformance.compare;

import static io.github.tracingharness.conformance.report.MarkdownText.block;
import static io.github.tracingharness.conformance.report.MarkdownText.inline;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.VerdictWords;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Renders {@code findings.md}: each requirement that an exporter does not meet, with its source,
 * what was seen, and whether a public issue is known.
 */
public final class FindingsPage {

  private final Comparison comparison;
  private final StringBuilder text = new StringBuilder();

  /** A page about these results. */
  public FindingsPage(Comparison comparison) {
    this.comparison = comparison;
  }

  /** A requirement with the cases that show it is not met. */
  private record Violation(Statement statement, List<Finding> findings) {}

  /** What one case showed of one exporter. */
  private record Finding(SubjectResult result, CaseLine line) {}

  /** Renders the page. */
  public String render() {
    List<Violation> violations = violations();
    line("# Findings");
    line("");
    line("What the exporters of [the results](README.md) do other than a requirement says, from"
        + " their last runs. `./harness compare --results` writes this page.");
    line("");
    if (violations.isEmpty()) {
      line("Nothing: each exporter meets each requirement that it was judged by.");
      return text.toString();
    }
    overview(violations);
    for (Level level : Level.values()) {
      List<Violation> ofLevel =
          violations.stream().filter(v -> v.statement().level() == level).toList();
      if (!ofLevel.isEmpty()) {
        line("## " + level + " not met");
        line("");
        ofLevel.forEach(this::violation);
      }
    }
    return text.toString();
  }

  private List<Violation> violations() {
    Map<String, Violation> byKey = new TreeMap<>();
    for (SubjectResult result : comparison.results()) {
      for (CaseLine c : result.cases()) {
        if (c.isFinding()) {
          for (String key : violated(c)) {
            Statement statement =
                result.statements().getOrDefault(key, new Statement(key, c.level(), "", ""));
            byKey
                .computeIfAbsent(key, k -> new Violation(statement, new ArrayList<>()))
                .findings()
                .add(new Finding(result, c));
          }
        }
      }
    }
    return byKey.values().stream()
        .sorted(Comparator.comparing((Violation v) -> v.statement().level())
            .thenComparing(v -> v.statement().key()))
        .toList();
  }

  // A crash or a hang fails no check, but the case.
  private static Set<String> violated(CaseLine c) {
    Set<String> keys = c.unmet().stream()
        .map(CaseLine.UnmetCheck::requirement)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    return keys.isEmpty() ? Set.of(c.requirement()) : keys;
  }

  private void overview(List<Violation> violations) {
    line("| requirement | level | "
        + comparison.results().stream()
            .map(r -> inline(r.label()))
            .collect(Collectors.joining(" | "))
        + " |");
    line("|---|---|" + ":-:|".repeat(comparison.results().size()));
    for (Violation each : violations) {
      StringBuilder row = new StringBuilder("| [%s](#%s) | %s |"
          .formatted(
              inline(each.statement().key()),
              anchor(each.statement().key()),
              each.statement().level()));
      for (SubjectResult result : comparison.results()) {
        long n = each.findings().stream().filter(f -> f.result().equals(result)).count();
        row.append(' ').append(n == 0 ? "" : n).append(" |");
      }
      line(row.toString());
    }
    line("");
    line("The figures are cases that show it.");
    line("");
  }

  private static String anchor(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "");
  }

  private void violation(Violation violation) {
    Statement statement = violation.statement();
    line("### " + inline(statement.key()));
    line("");
    if (!statement.text().isEmpty()) {
      line("> " + inline(statement.text()));
      line(">");
      line("> — " + inline(statement.source()));
      line("");
    }
    violation.findings().forEach(f -> finding(f, statement.key()));
  }

  private void finding(Finding finding, String requirement) {
    CaseLine c = finding.line();
    line("#### %s %s: %s, %s"
        .formatted(
            inline(finding.result().label()),
            inline(finding.result().subject().version()),
            inline(c.id()),
            words(c)));
    line("");
    line(inline(c.title()) + ".");
    CaseLine.Known known = c.known();
    if (known != null) {
      line("");
      line("Why: " + inline(known.reason()) + ".");
    }
    line("");
    line("Public issue: "
        + (known == null
            ? "not looked for."
            : known.url() == null ? "none was found." : "<" + known.url() + ">"));
    line("");
    String seen = seen(c, requirement);
    if (!seen.isEmpty()) {
      text.append(block(seen));
    }
  }

  private static String words(CaseLine c) {
    String kind = c.kind().isEmpty() || c.kind().equals("assertion") ? "" : " (" + c.kind() + ")";
    return VerdictWords.label(c.verdict()) + kind;
  }

  private static String seen(CaseLine c, String requirement) {
    List<String> lines = new ArrayList<>();
    List<CaseLine.UnmetCheck> unmet =
        c.unmet().stream().filter(k -> k.requirement().equals(requirement)).toList();
    unmet.forEach(k -> lines.add(k.id() + ": " + k.message()));
    if (unmet.isEmpty() && c.verdict() != Verdict.KNOWN_FAILURE && !c.message().isEmpty()) {
      lines.add(c.message());
    }
    if (!c.excerpt().isEmpty()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(c.excerpt());
    }
    if (!c.repro().isEmpty()) {
      lines.add("");
      lines.add(c.repro());
    }
    return String.join("\n", lines);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
