package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Connection;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/** When requests and answers came, and over which connection. */
final class ClockEdits {

  private ClockEdits() {}

  static List<HistoryEdit> all() {
    return List.of(
        new HistoryEdit(
            "time-all-first",
            "All requests come before the first command",
            h -> arrivals(
                h,
                at -> at - h.events().stream().mapToLong(HistoryEvent::at).max().orElse(0) * 2)),
        new HistoryEdit(
            "time-all-last",
            "All requests come after the last answer",
            h -> arrivals(
                h,
                at -> at + h.events().stream().mapToLong(HistoryEvent::at).max().orElse(0) * 2)),
        new HistoryEdit(
            "time-one-first",
            "A request comes before the first command",
            h -> one(h, -last(h) * 2)),
        new HistoryEdit(
            "time-one-last", "A request comes after the last answer", h -> one(h, last(h) * 2)),
        new HistoryEdit(
            "time-gaps-none",
            "All requests come at the same time",
            h -> arrivals(h, at -> h.exchanges().get(0).at())),
        new HistoryEdit(
            "time-gaps-long",
            "A hundred times as long passes between requests",
            h -> arrivals(
                h, at -> h.exchanges().get(0).at() + (at - h.exchanges().get(0).at()) * 100)),
        new HistoryEdit(
            "time-answer-late",
            "The driver's answer comes after everything",
            h ->
                Places.each(h, Reply.class, Reply::op, r -> RecordCopy.with(r, "at", last(h) + 1))),
        new HistoryEdit(
            "time-answer-early",
            "The driver's answer comes before everything",
            h -> Places.each(h, Reply.class, Reply::op, r -> RecordCopy.with(r, "at", -1L))),
        new HistoryEdit(
            "time-answered-at-once",
            "The server answers at once",
            h -> Places.requests(h, e -> RecordCopy.with(e, "answeredAt", e.at()))),
        new HistoryEdit(
            "connection-each-new",
            "Each request has a connection of its own",
            h -> connections(h, true)),
        new HistoryEdit(
            "connection-events-dropped",
            "Nothing is known of any connection",
            h -> h.all(Connection.class).isEmpty()
                ? Stream.empty()
                : Stream.of(
                    new Edited("connection", Places.without(h, Connection.class::isInstance)))),
        new HistoryEdit(
            "connection-shared", "All requests share one connection", h -> connections(h, false)));
  }

  private static long last(CaseHistory history) {
    return history.events().stream().mapToLong(HistoryEvent::at).max().orElse(0);
  }

  private static Stream<Edited> arrivals(CaseHistory history, LongUnaryOperator at) {
    return Places.all(history, Exchange.class, e -> moved(e, at.applyAsLong(e.at())));
  }

  private static Exchange moved(Exchange e, long at) {
    return RecordCopy.with(e, "at", at, "answeredAt", at + e.answeredAt() - e.at());
  }

  private static Stream<Edited> one(CaseHistory history, long by) {
    return history.exchanges().stream()
        .limit(12)
        .map(e -> new Edited(e.endpoint(), Places.replaced(history, e, moved(e, e.at() + by))));
  }

  private static Stream<Edited> connections(CaseHistory history, boolean different) {
    List<HistoryEvent> events = new ArrayList<>();
    int port = 50_000;
    for (HistoryEvent event : history.events()) {
      port += different ? 1 : 0;
      events.add(event instanceof Exchange e ? RecordCopy.with(e, "connection", port) : event);
    }
    return history.exchanges().isEmpty()
        ? Stream.empty()
        : Stream.of(new Edited("connection", history.withEvents(events)));
  }
}
