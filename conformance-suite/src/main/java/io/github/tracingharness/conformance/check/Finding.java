package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.util.List;
import java.util.stream.Collectors;

/** Words for results: requests in one line, long texts cut, the nearest candidate last. */
final class Finding {

  private static final int LONGEST = 400;
  private static final int MOST_LINES = 20;

  private Finding() {}

  /** A statement that does not hold, with the thing in the history that comes nearest to it. */
  static CheckResult unmet(String expected, String found, String nearest) {
    return CheckResult.unmet(
        "expected %s%n   found %s%n nearest %s".formatted(expected, found, nearest));
  }

  /** One request in one line: number, method, path and status. */
  static String line(Exchange e) {
    return "#%d %s %s%s -> %s"
        .formatted(
            e.number(),
            e.method(),
            e.path(),
            e.query().isEmpty() ? "" : "?" + e.query(),
            e.status() == 0 ? "no answer" : Integer.toString(e.status()));
  }

  /** A request with its body, cut. */
  static String withBody(Exchange e) {
    if (e.body().size() == 0) {
      return line(e);
    }
    return line(e) + ": " + (e.body().isText() ? cut(e.body().text()) : e.body().toString());
  }

  /** All these requests, one in a line. */
  static String lines(List<Exchange> exchanges) {
    if (exchanges.isEmpty()) {
      return "no request at all";
    }
    String lines =
        exchanges.stream().limit(MOST_LINES).map(Finding::line).collect(Collectors.joining(", "));
    int more = exchanges.size() - MOST_LINES;
    return more > 0 ? lines + " and %d more".formatted(more) : lines;
  }

  /** What the server was asked in the whole case. */
  static String requests(CaseHistory history) {
    return "all requests: " + lines(history.exchanges());
  }

  /** The text itself, or its beginning and its length. */
  static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (%d characters)".formatted(text.length());
  }

  /** A few of many names. */
  static String some(List<String> names) {
    String shown = names.stream().limit(5).collect(Collectors.joining(", "));
    return names.size() > 5 ? shown + " and %d more".formatted(names.size() - 5) : shown;
  }
}
