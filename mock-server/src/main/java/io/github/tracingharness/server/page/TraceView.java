package io.github.tracingharness.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.AttributeText;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One trace: a line about it, and below it the tree of its spans with a bar over time for each. */
final class TraceView {

  private static final int MAX_SPANS = 500;
  private static final int MAX_VALUE = 10_000;
  private static final int INDENT = 18;
  private static final int MAX_INDENTS = 20;

  private final Html html;
  private final TraceEntry trace;

  private TraceView(Html html, TraceEntry trace) {
    this.html = html;
    this.trace = trace;
  }

  static void write(Html html, TraceEntry trace, boolean open) {
    new TraceView(html, trace).write(open);
  }

  static String name(TraceEntry trace) {
    String named = trace.tags().get(TraceKeys.TRACE_NAME);
    return named != null
        ? named
        : trace.spans().values().stream()
            .filter(SpanEntry::isRoot)
            .findFirst()
            .map(SpanEntry::name)
            .orElse("(no name)");
  }

  private void write(boolean open) {
    html.raw(open ? "<details class=\"trace\" open>" : "<details class=\"trace\">");
    html.open("summary")
        .open("span", "class", "dot " + color(trace.state().name()))
        .close("span");
    html.element("span", name(trace), "class", "tname");
    html.element("span", trace.id(), "class", "id");
    String state = trace.state().name();
    html.element("span", state, "class", "state " + color(state));
    html.element("span", count(trace.spans().size()), "class", "num");
    html.element(
        "span",
        trace.durationMillis() == null ? "running" : Times.length(trace.durationMillis() * 1e6),
        "class",
        "num");
    html.element("span", Times.moment(trace.requestMillis()), "class", "when");
    html.close("summary").open("div", "class", "body");
    timeline();
    about();
    html.close("div").raw("</details>\n");
  }

  private void timeline() {
    if (trace.spans().isEmpty()) {
      html.element("p", "No spans are stored for this trace.", "class", "note");
      return;
    }
    long first =
        trace.spans().values().stream().mapToLong(SpanEntry::startNanos).min().orElse(0);
    long last = trace.spans().values().stream()
        .mapToLong(span -> Math.max(span.startNanos(), span.endNanos()))
        .max()
        .orElse(first);
    List<SpanTree.Row> rows = SpanTree.rows(trace.spans().values());
    html.open("div", "class", "axis");
    html.element("span", "0");
    html.element("span", Times.length((last - first) / 2.0));
    html.element("span", Times.length((double) last - first)).close("div");
    for (SpanTree.Row row : rows.subList(0, Math.min(MAX_SPANS, rows.size()))) {
      span(row, first, Math.max(1, last - first));
    }
    if (rows.size() > MAX_SPANS) {
      html.element("p", "… and " + count(rows.size() - MAX_SPANS) + " more", "class", "note");
    }
  }

  private void span(SpanTree.Row row, long first, long whole) {
    SpanEntry span = row.span();
    boolean running = span.endNanos() == 0;
    long end = running ? first + whole : span.endNanos();
    double left = 100.0 * (span.startNanos() - first) / whole;
    double width = 100.0 * Math.max(0, end - span.startNanos()) / whole;
    String color = running ? "open" : color(span.status().code().name());
    int indent = INDENT * Math.min(MAX_INDENTS, row.depth());
    html.open("details", "class", "span").open("summary");
    html.element("span", span.name(), "class", "sname", "style", "padding-left:" + indent + "px");
    html.element("span", type(span), "class", "type");
    html.open("span", "class", "lane");
    html.open(
        "span",
        "class",
        "bar " + color,
        "style",
        "left:" + Html.percent(left) + ";width:" + Html.percent(Math.min(width, 100 - left)));
    html.close("span").close("span");
    html.element(
        "span",
        running ? "running" : Times.length((double) span.endNanos() - span.startNanos()),
        "class",
        "num");
    html.close("summary").open("table");
    row("span", span.spanId() + (span.isRoot() ? "" : " below " + span.parentId()));
    row("status", (span.status().code() + " " + span.status().message()).strip());
    row("started after", Times.length((double) span.startNanos() - first));
    new TreeMap<>(span.attributes()).forEach((key, json) -> value(key, shown(json)));
    span.events()
        .forEach(event -> value(
            "event " + event.name(),
            "after " + Times.length((double) event.timeNanos() - first) + "\n"
                + pretty(AttributeText.node(event.attributes()))));
    span.links().forEach(link -> row("link", link.spanId() + " of " + link.traceId()));
    html.close("table").raw("</details>\n");
  }

  private void about() {
    html.raw("<details class=\"about\"><summary>tags, metadata, previews, assessments</summary>");
    html.open("table");
    preview("request", trace.requestPreview());
    preview("response", trace.responsePreview());
    texts("tag ", trace.tags());
    texts("metadata ", trace.metadata());
    trace.prompts().forEach(prompt -> row("prompt", prompt.name() + "/" + prompt.version()));
    trace.runs().stream().sorted().forEach(run -> row("run", run));
    for (Assessment assessment : trace.assessments()) {
      value(
          assessment.kind().member() + " " + assessment.name(),
          pretty(assessment.content()) + "\nby " + assessment.sourceType() + " "
              + assessment.sourceId() + (assessment.valid() ? "" : ", overridden"));
    }
    html.close("table").raw("</details>\n");
  }

  private void preview(String name, @Nullable String text) {
    if (text != null) {
      value(name + " preview", text);
    }
  }

  private void texts(String prefix, Map<String, String> texts) {
    new TreeMap<>(texts).forEach((key, text) -> value(prefix + key, text));
  }

  private void value(String name, String value) {
    String safe = Redaction.value(name, value);
    row(
        name,
        safe.length() <= MAX_VALUE
            ? safe
            : safe.substring(0, MAX_VALUE) + "… (" + safe.length() + " characters)");
  }

  private void row(String name, String value) {
    html.open("tr").element("th", name).open("td").element("pre", value);
    html.close("td").close("tr");
  }

  private static String shown(String json) {
    return Json.read(json)
        .map(node -> node.isTextual() ? node.textValue() : pretty(node))
        .orElse(json);
  }

  private static String pretty(JsonNode node) {
    return JsonLayout.PRETTY.write(node, false);
  }

  private static String type(SpanEntry span) {
    return shown(span.attributes().getOrDefault("mlflow.spanType", "\"\""));
  }

  private static String count(int spans) {
    return spans + (spans == 1 ? " span" : " spans");
  }

  private static String color(String state) {
    return switch (state) {
      case "OK", "UNSET" -> "ok";
      case "ERROR" -> "error";
      default -> "open";
    };
  }
}
