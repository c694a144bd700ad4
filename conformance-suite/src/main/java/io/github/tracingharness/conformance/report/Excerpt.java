package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a case's first run that tell a reader most, in the order of their times.
 *
 * @param first the first ones
 * @param last the last ones, after others that are left out; empty when none are
 * @param seen number of all events
 */
record Excerpt(List<HistoryEvent> first, List<HistoryEvent> last, int seen) {

  private static final int MAX_EVENTS = 10;
  private static final int WIDTH = 160;
  private static final String LEFT_OUT = "...";

  static Excerpt of(CaseResult result) {
    if (result.histories().isEmpty()) {
      return new Excerpt(List.of(), List.of(), 0);
    }
    List<HistoryEvent> all = EventWords.inOrder(result.histories().get(0));
    List<HistoryEvent> telling =
        all.stream().filter(event -> !EventWords.isRoutine(event)).toList();
    if (telling.size() <= MAX_EVENTS) {
      return new Excerpt(telling, List.of(), all.size());
    }
    int half = MAX_EVENTS / 2;
    return new Excerpt(
        telling.subList(0, half),
        telling.subList(telling.size() - half, telling.size()),
        all.size());
  }

  int shown() {
    return first.size() + last.size();
  }

  /** Returns when an event happened, such as {@code +62 ms}. */
  static String time(HistoryEvent event) {
    return "+" + EventWords.millis(event.at()) + " ms";
  }

  /** Returns what happened, in one line of at most that many characters. */
  static String line(HistoryEvent event, int width) {
    // Of a request the end says most: the file, the status.
    return event instanceof Exchange
        ? SafeText.cutInside(EventWords.line(event), width)
        : SafeText.cut(EventWords.line(event), width);
  }

  /** Returns a line for each event, with its time. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    first.forEach(event -> lines.add(time(event) + "  " + line(event, WIDTH)));
    if (!last.isEmpty()) {
      lines.add(LEFT_OUT);
      last.forEach(event -> lines.add(time(event) + "  " + line(event, WIDTH)));
    }
    return lines;
  }
}
