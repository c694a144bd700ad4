package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Gap;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.Payload;
import java.util.List;

/**
 * Writes a history line by line in the order of time, with headers and bodies to unfold. What does
 * not fit the allowance is left out with its size shown: first bodies, then lines.
 */
final class HtmlTranscript {

  /** Characters of one body that are shown at most. */
  static final int MAX_BODY = 6_000;

  private static final int MAX_LINES = 300;
  private static final int MIN_LINES = 24;
  private static final int LINE_CHARS = 300;
  private static final int MAX_LINE = 400;

  private final Html html;
  private final int allowance;
  private final int maxLines;
  private final int start;
  private boolean spentIsSaid;

  private HtmlTranscript(Html html, int allowance) {
    this.html = html;
    this.allowance = allowance;
    this.maxLines = Math.max(MIN_LINES, Math.min(MAX_LINES, allowance / LINE_CHARS));
    this.start = html.length();
  }

  /**
   * Writes a history.
   *
   * @param allowance number of characters after which bodies are left out
   */
  static void write(Html html, CaseHistory history, int allowance) {
    new HtmlTranscript(html, allowance).write(history);
  }

  private void write(CaseHistory history) {
    List<HistoryEvent> events = EventWords.inOrder(history);
    html.open("ol", "class", "transcript");
    boolean all = events.size() <= maxLines;
    int atEnd = maxLines / 4;
    int leaveOutFrom = all ? events.size() : maxLines - atEnd;
    int resumeAt = all ? events.size() : events.size() - atEnd;
    lines(events.subList(0, leaveOutFrom));
    if (!all) {
      String left = (resumeAt - leaveOutFrom) + " events are left out here; all are in run.ndjson.";
      html.newLine().element("li", left, "class", "left-out");
      lines(events.subList(resumeAt, events.size()));
    }
    html.close("ol").newLine();
  }

  private void lines(List<HistoryEvent> events) {
    for (HistoryEvent event : events) {
      if (isSpent() && !spentIsSaid) {
        String left = "From here on headers and bodies are left out; all are in run.ndjson.";
        html.newLine().element("li", left, "class", "left-out");
        spentIsSaid = true;
      }
      html.newLine().open("li", "class", style(event));
      event(event);
      html.close("li");
    }
  }

  private static String style(HistoryEvent event) {
    if (event instanceof Command || event instanceof Reply) {
      return "talk";
    }
    if (event instanceof Exchange exchange) {
      return exchange.status() == 0 || exchange.status() >= 500
          ? "wire bad"
          : exchange.status() >= 300 ? "wire odd" : "wire";
    }
    if (event instanceof Log log) {
      return log.level().equals("ERROR") || log.level().equals("WARN") ? "said odd" : "said";
    }
    if (event instanceof HarnessFault || event instanceof Gap) {
      return "harness bad";
    }
    return event instanceof Released || event instanceof ProcessEvent ? "harness" : "said";
  }

  private void event(HistoryEvent event) {
    html.element("span", EventWords.millis(event.at()), "class", "at");
    if (event instanceof Exchange exchange) {
      exchange(exchange);
    } else if (event instanceof Command command) {
      unfold(command, command.body());
    } else if (event instanceof Reply reply) {
      unfold(reply, reply.body());
    } else {
      html.element("span", cut(EventWords.line(event), MAX_BODY), "class", "line");
    }
  }

  private void unfold(HistoryEvent event, JsonNode body) {
    if (isSpent() || body.isEmpty()) {
      html.element("span", cut(EventWords.line(event), MAX_LINE), "class", "line");
      return;
    }
    html.open("details").element("summary", cut(EventWords.line(event), MAX_LINE));
    body(BodyText.of(body, MAX_BODY));
    html.close("details");
  }

  private void exchange(Exchange exchange) {
    if (isSpent()) {
      html.element("span", cut(EventWords.line(exchange), MAX_LINE), "class", "line");
      return;
    }
    html.open("details").element("summary", cut(EventWords.line(exchange), MAX_LINE));
    html.element(
        "p",
        "Request " + exchange.number() + ", taken for " + exchange.endpoint() + ", from port "
            + exchange.connection() + (exchange.late() ? ", after the case had ended" : ""),
        "class",
        "note");
    message("Request", exchange.headers(), exchange.body());
    if (exchange.status() == 0) {
      html.element("p", "The connection was broken instead of an answer.", "class", "note");
    } else {
      message("Answer " + exchange.status(), exchange.responseHeaders(), exchange.responseBody());
    }
    html.close("details");
  }

  private void message(String title, List<Header> headers, Payload body) {
    html.element("h5", title);
    if (!headers.isEmpty()) {
      html.open("table", "class", "headers").open("tbody");
      for (Header header : headers) {
        html.open("tr")
            .element("th", header.name(), "scope", "row")
            .element("td", cut(header.value(), MAX_LINE))
            .close("tr");
      }
      html.close("tbody").close("table");
    }
    if (body.size() == 0) {
      html.element("p", "No body.", "class", "note");
    } else if (isSpent()) {
      html.element(
          "p",
          "Body of " + EventWords.size(body.size()) + " left out; it is in run.ndjson.",
          "class",
          "note");
    } else {
      body(BodyText.of(body, headers, MAX_BODY));
    }
  }

  private void body(BodyText body) {
    html.element("pre", body.text(), "tabindex", "0");
    String note = body.form() + ", " + EventWords.size(body.bytes());
    html.element(
        "p",
        body.isCut()
            ? note + "; the first " + body.text().length() + " of " + body.characters()
                + " characters are shown"
            : note,
        "class",
        body.isCut() ? "note cut" : "note");
  }

  private boolean isSpent() {
    return html.length() - start > allowance;
  }

  private static String cut(String line, int limit) {
    return line.length() <= limit
        ? line
        : line.substring(0, limit) + "… (" + line.length() + " characters)";
  }
}
