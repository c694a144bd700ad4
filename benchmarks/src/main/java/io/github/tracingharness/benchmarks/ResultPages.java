package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes results as a table in Markdown and as a page with charts that needs nothing else. */
final class ResultPages {

  private static final int BAR_WIDTH = 420;
  private static final int ROW_HEIGHT = 22;
  private static final int LABEL_WIDTH = 190;

  private static final String STYLE = """
      body{font:14px system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}
      h2{font-size:1em;margin:1.6em 0 .3em}svg{display:block}text{font:12px system-ui,sans-serif}
      .bar{fill:#4477aa}.peer{fill:#bbbbbb}.err{stroke:#222;stroke-width:1.5}
      @media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}text{fill:#ddd}
      .err{stroke:#eee}.peer{fill:#777}}""";

  private ResultPages() {}

  /** Writes both beside the file of the results. */
  static void write(List<Measurement> measurements, Path results) throws IOException {
    String name = String.valueOf(results.getFileName()).replaceFirst("\\.json$", "");
    write(results.resolveSibling(name + ".md"), markdown(measurements));
    write(results.resolveSibling(name + ".html"), html(measurements));
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  static String markdown(List<Measurement> measurements) {
    StringBuilder text = new StringBuilder("""
        | benchmark | contender | score | error | unit | bytes/op |
        |---|---|--:|--:|---|--:|
        """);
    for (Measurement one : measurements) {
      text.append("| ")
          .append(one.group())
          .append(" | ")
          .append(one.contender())
          .append(" | ")
          .append(ResultTable.number(one.score()))
          .append(" | ")
          .append(Double.isNaN(one.error()) ? "" : "± " + ResultTable.number(one.error()))
          .append(" | ")
          .append(one.unit())
          .append(" | ")
          .append(
              one.bytesPerOp().isPresent()
                  ? ResultTable.number(one.bytesPerOp().getAsDouble())
                  : "")
          .append(" |\n");
    }
    return text.toString();
  }

  static String html(List<Measurement> measurements) {
    Map<String, List<Measurement>> groups = new LinkedHashMap<>();
    measurements.forEach(
        one -> groups.computeIfAbsent(one.group(), key -> new ArrayList<>()).add(one));
    StringBuilder page = new StringBuilder(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<title>Benchmarks</title><style>")
        .append(STYLE)
        .append("</style><h1>Benchmarks</h1><p>Bars are scores, lines their 99.9 % confidence"
            + " intervals. Grey bars are peers.</p>");
    groups.forEach((group, members) -> chart(page, group, members));
    return page.append("</html>\n").toString();
  }

  private static void chart(StringBuilder page, String group, List<Measurement> members) {
    Measurement any = members.get(0);
    page.append("<h2>")
        .append(escaped(group))
        .append(" (")
        .append(escaped(any.unit()))
        .append(any.isRate() ? ", more is better)" : ", less is better)")
        .append("</h2>");
    double most = members.stream().mapToDouble(ResultPages::end).max().orElse(1);
    page.append(String.format(
        Locale.ROOT,
        "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">",
        LABEL_WIDTH + BAR_WIDTH + 170,
        ROW_HEIGHT * members.size(),
        escaped(group)));
    int y = 0;
    for (Measurement one : members) {
      row(page, one, y, BAR_WIDTH / most);
      y += ROW_HEIGHT;
    }
    page.append("</svg>");
  }

  private static void row(StringBuilder page, Measurement one, int y, double scale) {
    double width = Math.max(1, one.score() * scale);
    page.append(String.format(
        Locale.ROOT,
        "<text x=\"0\" y=\"%d\">%s</text><rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\""
            + " height=\"16\"/>",
        y + 14,
        escaped(one.contender()),
        one.isOurs() ? "bar" : "peer",
        LABEL_WIDTH,
        y + 2,
        width));
    if (!Double.isNaN(one.error())) {
      double from = LABEL_WIDTH + Math.max(0, (one.score() - one.error()) * scale);
      double to = LABEL_WIDTH + Math.min(end(one), one.score() + one.error()) * scale;
      page.append(String.format(
          Locale.ROOT,
          "<line class=\"err\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          from,
          to,
          y + 10,
          y + 10));
    }
    page.append(String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%d\">%s%s</text>",
        LABEL_WIDTH + end(one) * scale + 6,
        y + 14,
        ResultTable.number(one.score()),
        one.bytesPerOp().isPresent()
            ? ", " + ResultTable.number(one.bytesPerOp().getAsDouble()) + " B/op"
            : ""));
  }

  /** An interval may be far wider than its score; it is then cut. */
  private static double end(Measurement one) {
    return Double.isNaN(one.error())
        ? one.score()
        : one.score() + Math.min(one.error(), one.score());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
