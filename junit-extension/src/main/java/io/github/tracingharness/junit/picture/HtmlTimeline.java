package io.github.tracingharness.junit.picture;

import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws traces as one HTML page: for each a timeline with a bar for each span, whose values open by
 * a click, and below them the calls that the server saw. The page needs nothing but itself: no
 * script, no font, no picture from elsewhere. Headers of calls are left out, so it holds no
 * credentials; inputs and outputs of spans are in it.
 *
 * @since 0.1.0
 */
public final class HtmlTimeline {

  private static final int MAX_TRACES = 20;
  private static final int MAX_SPANS = 500;
  private static final int MAX_CALLS = 200;
  private static final int MAX_VALUE = 20_000;
  private static final Comparator<StoredSpan> BY_START =
      Comparator.comparingLong(StoredSpan::startNanos).thenComparing(StoredSpan::spanId);

  private static final String STYLE = """
      *{box-sizing:border-box}
      body{font:14px/1.45 system-ui,sans-serif;margin:24px;color:#1d2430;background:#fff}
      h1{font-size:18px}h2{font-size:15px;margin:28px 0 8px}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:2px 0;font-size:12px}
      .note{color:#5c6675;font-weight:400}.state{border-radius:4px;padding:1px 7px;font-size:12px;color:#fff}
      .ok{background:#1b7f4b}.error{background:#b3261e}.open{background:#8a6d00}
      details{border-top:1px solid #e3e7ed}summary{display:flex;align-items:center;cursor:pointer;\
      padding:3px 0;list-style:none}summary::-webkit-details-marker{display:none}
      summary:hover{background:#f4f6f9}.name{flex:0 0 34%;overflow:hidden;text-overflow:ellipsis;\
      white-space:nowrap}.type{flex:0 0 9%;font-size:11px;color:#5c6675}
      .lane{flex:1;position:relative;height:16px;background:#f4f6f9;border-radius:3px}
      .bar{position:absolute;top:2px;height:12px;min-width:2px;border-radius:3px}
      .time{flex:0 0 13%;text-align:right;font-variant-numeric:tabular-nums}
      .values{padding:4px 0 10px 24px}table{border-collapse:collapse}
      td,th{text-align:left;padding:2px 14px 2px 0;vertical-align:top;font-weight:400}
      th{color:#5c6675;white-space:nowrap}
      @media(prefers-color-scheme:dark){body{background:#14181f;color:#dfe5ee}\
      .lane,summary:hover{background:#1f2631}details{border-color:#2b3442}\
      .note,.type,th{color:#9aa6b6}}
      """;

  private final StringBuilder page = new StringBuilder();

  private HtmlTimeline() {}

  /**
   * Draws a page.
   *
   * @param title what the page is about, such as the name of a test
   * @param failure why somebody looks at it
   * @param account what the pipeline says of itself
   * @param traces traces to be drawn; of very many the first {@value #MAX_TRACES}
   * @param calls calls in order of arrival; of very many the last {@value #MAX_CALLS}
   */
  public static String of(
      String title,
      String failure,
      String account,
      List<StoredTrace> traces,
      List<RecordedCall> calls) {
    HtmlTimeline html = new HtmlTimeline();
    html.page
        .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n<pre>")
        .append(escaped(failure))
        .append("</pre>\n<p class=\"note\">")
        .append(escaped(account))
        .append("</p>\n");
    traces.stream().limit(MAX_TRACES).forEach(html::trace);
    if (traces.isEmpty()) {
      html.page.append("<h2>No complete trace</h2>\n");
    } else if (traces.size() > MAX_TRACES) {
      html.note("… and " + (traces.size() - MAX_TRACES) + " more traces");
    }
    html.calls(calls);
    return html.page.append("</body></html>\n").toString();
  }

  private void trace(StoredTrace trace) {
    long first = trace.spans().stream().mapToLong(StoredSpan::startNanos).min().orElse(0);
    long last = trace.spans().stream()
        .mapToLong(span -> Math.max(span.startNanos(), span.endNanos()))
        .max()
        .orElse(0);
    page.append("<h2>").append(state(trace.state())).append(' ');
    page.append(escaped(trace.root().map(StoredSpan::name).orElse("(no root)")));
    page.append(" <span class=\"note\">")
        .append(escaped(trace.traceId()))
        .append(", ")
        .append(millis(last - first))
        .append("</span></h2>\n");
    List<Row> rows = rows(trace.spans());
    for (Row row : rows.subList(0, Math.min(MAX_SPANS, rows.size()))) {
      span(row, first, Math.max(1, last - first));
    }
    if (rows.size() > MAX_SPANS) {
      note("… and " + (rows.size() - MAX_SPANS) + " more spans");
    }
    page.append("<details><summary class=\"note\">tags, metadata, previews</summary>");
    page.append("<div class=\"values\"><table>");
    trace.requestPreview().ifPresent(text -> value("request preview", text));
    trace.responsePreview().ifPresent(text -> value("response preview", text));
    new TreeMap<>(trace.tags()).forEach((key, text) -> value("tag " + key, text));
    new TreeMap<>(trace.metadata()).forEach((key, text) -> value("metadata " + key, text));
    trace.prompts().forEach(prompt -> value("prompt", prompt));
    page.append("</table></div></details>\n");
  }

  private void span(Row row, long first, long whole) {
    StoredSpan span = row.span();
    boolean open = span.endNanos() == 0;
    long end = open ? first + whole : span.endNanos();
    double left = 100.0 * (span.startNanos() - first) / whole;
    double width = 100.0 * Math.max(0, end - span.startNanos()) / whole;
    String color = open ? "open" : span.statusCode().equals("ERROR") ? "error" : "ok";
    page.append("<details><summary><span class=\"name\" style=\"padding-left:")
        .append(row.depth() * 18)
        .append("px\">")
        .append(escaped(span.name()))
        .append("</span><span class=\"type\">")
        .append(escaped(SpanWords.type(span)))
        .append("</span><span class=\"lane\"><span class=\"bar ")
        .append(color)
        .append(String.format(
            Locale.ROOT, "\" style=\"left:%.3f%%;width:%.3f%%\"></span></span>", left, width))
        .append("<span class=\"time\">")
        .append(open ? "open" : millis(span.endNanos() - span.startNanos()))
        .append("</span></summary><div class=\"values\"><table>");
    value("span", span.spanId() + (span.parentId() == null ? "" : " below " + span.parentId()));
    value("started after", millis(span.startNanos() - first));
    value("status", (span.statusCode() + " " + span.statusMessage()).strip());
    new TreeMap<>(span.attributes()).forEach(this::value);
    span.events()
        .forEach(event -> value(
            "event " + event.name() + " after " + millis(event.timeNanos() - first),
            lines(event.attributes())));
    span.links().forEach(link -> value("link", link.spanId() + " of " + link.traceId()));
    page.append("</table></div></details>\n");
  }

  private void calls(List<RecordedCall> calls) {
    page.append("<h2>Calls that the server saw: ").append(calls.size()).append("</h2>\n<table>");
    long begin = calls.isEmpty() ? 0 : calls.get(0).arrivedNanos();
    calls.stream()
        .skip(Math.max(0, calls.size() - MAX_CALLS))
        .forEach(call -> page.append("<tr><td>")
            .append(escaped(call.toString()))
            .append("</td><td>")
            .append(call.body().length)
            .append(" bytes</td><td>after ")
            .append(millis(call.arrivedNanos() - begin))
            .append("</td><td>")
            .append(millis(call.answeredNanos() - call.arrivedNanos()))
            .append("</td></tr>\n"));
    page.append("</table>\n");
  }

  private void value(String name, String value) {
    String shown = value.length() <= MAX_VALUE
        ? value
        : value.substring(0, MAX_VALUE) + "… (" + value.length() + " characters)";
    page.append("<tr><th>")
        .append(escaped(name))
        .append("</th><td><pre>")
        .append(escaped(shown))
        .append("</pre></td></tr>");
  }

  private void note(String text) {
    page.append("<p class=\"note\">").append(escaped(text)).append("</p>\n");
  }

  private static String lines(Map<String, ?> attributes) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(attributes).forEach((key, value) -> lines.add(key + " = " + value));
    return String.join("\n", lines);
  }

  private static String state(String state) {
    String color = state.equals("OK") ? "ok" : state.equals("ERROR") ? "error" : "open";
    return "<span class=\"state " + color + "\">" + escaped(state) + "</span>";
  }

  /** A span and how deep it is below its root. */
  private record Row(StoredSpan span, int depth) {}

  private static List<Row> rows(List<StoredSpan> spans) {
    List<Row> rows = new ArrayList<>();
    Set<String> known = new HashSet<>();
    spans.forEach(span -> known.add(span.spanId()));
    Set<String> drawn = new HashSet<>();
    spans.stream()
        .filter(span -> span.parentId() == null || !known.contains(span.parentId()))
        .sorted(BY_START)
        .forEach(root -> below(root, 0, spans, drawn, rows));
    // Spans that are each other's ancestors hang on no root.
    spans.stream().sorted(BY_START).forEach(span -> below(span, 0, spans, drawn, rows));
    return rows;
  }

  private static void below(
      StoredSpan span, int depth, List<StoredSpan> spans, Set<String> drawn, List<Row> rows) {
    if (drawn.add(span.spanId())) {
      rows.add(new Row(span, depth));
      spans.stream()
          .filter(child -> span.spanId().equals(child.parentId()))
          .sorted(BY_START)
          .forEach(child -> below(child, depth + 1, spans, drawn, rows));
    }
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
