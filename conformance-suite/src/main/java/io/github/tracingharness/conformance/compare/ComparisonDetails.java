package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.report.Html;
import io.github.tracingharness.conformance.report.VerdictWords;

/** The part of the comparison page that explains each case which is not a plain pass. */
final class ComparisonDetails {

  private final Html html;
  private final Comparison comparison;

  ComparisonDetails(Html html, Comparison comparison) {
    this.html = html;
    this.comparison = comparison;
  }

  static String anchor(SubjectResult result, CaseLine c) {
    return result.label().replaceAll("[^A-Za-z0-9._-]", "-") + "/" + c.id();
  }

  void write() {
    html.open("section", "class", "details").element("h2", "Details").newLine();
    html.element(
        "p", "Each case that is neither passed nor left out, subject by subject.", "class", "note");
    for (SubjectResult result : comparison.results()) {
      if (result.cases().stream().noneMatch(CaseLine::isNoteworthy)) {
        continue;
      }
      html.element("h3", result.label() + ", " + result.subject().version()).newLine();
      result.cases().stream().filter(CaseLine::isNoteworthy).forEach(c -> one(result, c));
    }
    html.close("section").newLine();
  }

  private void one(SubjectResult result, CaseLine c) {
    html.open("details", "class", "case", "id", anchor(result, c)).open("summary");
    html.element("span", VerdictWords.label(c.verdict()), "class", "badge " + c.verdict());
    html.element("strong", c.id()).element("span", c.title()).close("summary");
    html.open("div", "class", "inside");
    statement(result, c.requirement());
    CaseLine.Known known = c.known();
    if (known != null) {
      html.open("p").element("b", "Why: ").text(known.reason() + ".").close("p");
      html.open("p").element("b", "Public issue: ");
      html.text(known.url() == null ? "none was found." : known.url()).close("p");
    } else if (!c.message().isEmpty() && c.unmet().isEmpty()) {
      html.element("p", c.message(), "class", "message");
    }
    for (CaseLine.UnmetCheck check : c.unmet()) {
      html.element("h4", "Check " + check.id());
      if (!check.requirement().equals(c.requirement())) {
        statement(result, check.requirement());
      }
      html.element("pre", check.message());
    }
    if (!c.excerpt().isEmpty()) {
      html.element("h4", "Seen").element("pre", String.join("\n", c.excerpt()));
    }
    if (!c.repro().isEmpty()) {
      html.element("h4", "Repeat it").element("pre", c.repro(), "class", "repro");
    }
    html.close("div").close("details").newLine();
  }

  private void statement(SubjectResult result, String key) {
    Statement statement = result.statements().get(key);
    html.open("p", "class", "requirement");
    if (statement == null) {
      html.element("code", key).close("p");
      return;
    }
    html.element("span", statement.level().name(), "class", "level " + statement.level());
    html.text(" ").element("code", key).text(" " + statement.text());
    if (!statement.source().isEmpty()) {
      html.open("br").element("span", statement.source(), "class", "note");
    }
    html.close("p");
  }
}
