package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.Payload;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Requests that are missing, that are sent again, and that come in another order. */
final class DeliveryEdits {

  private DeliveryEdits() {}

  static List<HistoryEdit> all(Pool pool) {
    return List.of(
        group(
            "exchange-first-dropped",
            "The first request of an endpoint is missing",
            (h, g) -> Stream.of(Places.without(h, e -> e == g.get(0)))),
        group(
            "exchange-last-dropped",
            "The last request of an endpoint is missing",
            (h, g) -> Stream.of(Places.without(h, e -> e == g.get(g.size() - 1)))),
        group(
            "exchange-other-dropped",
            "Another request of an endpoint is missing",
            (h, g) -> g.stream()
                .limit(g.size() - 1L)
                .skip(1)
                .limit(5)
                .map(x -> Places.without(h, e -> e == x))),
        group(
            "exchange-all-dropped",
            "All requests of an endpoint are missing",
            (h, g) -> Stream.of(Places.without(h, g::contains))),
        group(
            "exchange-repeated",
            "A request is sent again at once",
            (h, g) -> few(g).map(e -> again(h, e, e.at() + 1))),
        group(
            "exchange-repeated-late",
            "A request is sent again after the case has ended",
            (h, g) -> few(g).map(e -> late(h, e))),
        group(
            "exchange-repeated-before",
            "A request is sent before anything was asked",
            (h, g) -> few(g).map(e -> again(h, e, 0))),
        group(
            "exchange-refused-first",
            "A request is sent, refused with 500, and sent again",
            (h, g) -> few(g).map(e -> refused(h, e))),
        group(
            "exchange-often",
            "A request is sent ten times more",
            (h, g) -> few(g).map(e -> often(h, e))),
        new HistoryEdit(
            "exchanges-swapped",
            "Two requests that follow each other change their places",
            DeliveryEdits::swapped),
        new HistoryEdit(
            "exchanges-reversed",
            "All requests arrive in the opposite order",
            h -> h.exchanges().size() < 2
                ? Stream.empty()
                : Stream.of(new Edited("all", reversed(h)))),
        new HistoryEdit(
            "exchange-foreign",
            "A request of another case is sent as well",
            h -> pool.requests().entrySet().stream()
                .map(e -> new Edited(e.getKey(), late(h, e.getValue())))),
        new HistoryEdit(
            "exchange-unknown",
            "Something is asked that no client has to ask",
            h -> h.exchanges().stream().limit(1).map(e -> new Edited("OTHER", unknown(h, e)))),
        new HistoryEdit(
            "exchange-nothing",
            "Nothing is sent at all",
            h -> h.exchanges().isEmpty()
                ? Stream.empty()
                : Stream.of(new Edited("all", Places.without(h, e -> e instanceof Exchange)))));
  }

  private interface GroupEdit {
    Stream<CaseHistory> variants(CaseHistory history, List<Exchange> group);
  }

  private static HistoryEdit group(String id, String words, GroupEdit edit) {
    Function<CaseHistory, Stream<Edited>> variants = h -> Places.byEndpoint(h).entrySet().stream()
        .flatMap(g -> edit.variants(h, g.getValue()).map(v -> new Edited(g.getKey(), v)));
    return new HistoryEdit(id, words, variants);
  }

  private static Stream<Exchange> few(List<Exchange> group) {
    return group.size() < 4
        ? group.stream()
        : Stream.of(group.get(0), group.get(1), group.get(group.size() - 1));
  }

  private static CaseHistory again(CaseHistory history, Exchange e, long at) {
    return Places.with(history, RecordCopy.with(e, "at", at, "number", next(history)));
  }

  private static CaseHistory often(CaseHistory history, Exchange e) {
    CaseHistory result = history;
    for (int n = 0; n < 10; n++) {
      result = again(result, e, e.answeredAt() + 1);
    }
    return result;
  }

  private static CaseHistory late(CaseHistory history, Exchange e) {
    long end = history.events().stream().mapToLong(HistoryEvent::at).max().orElse(0) + 1_000_000;
    return Places.with(
        history,
        RecordCopy.with(
            e, "at", end, "answeredAt", end + 1, "number", next(history), "late", true));
  }

  private static CaseHistory refused(CaseHistory history, Exchange e) {
    Exchange before = RecordCopy.with(e, "status", 500, "responseBody", Payload.EMPTY);
    List<HistoryEvent> events = new ArrayList<>(history.events());
    events.add(events.indexOf(e), before);
    return history.withEvents(events);
  }

  private static CaseHistory unknown(CaseHistory history, Exchange e) {
    return Places.with(
        history,
        RecordCopy.with(
            e,
            "endpoint",
            "OTHER",
            "method",
            "GET",
            "path",
            "/api/9.9/unknown",
            "number",
            next(history),
            "status",
            404));
  }

  private static long next(CaseHistory history) {
    return history.exchanges().stream().mapToLong(Exchange::number).max().orElse(0) + 1;
  }

  private static Stream<Edited> swapped(CaseHistory history) {
    List<Exchange> all = history.exchanges();
    List<Edited> variants = new ArrayList<>();
    for (int i = 0; i + 1 < all.size() && i < 12; i++) {
      Exchange one = all.get(i);
      Exchange two = all.get(i + 1);
      List<HistoryEvent> events = new ArrayList<>(history.events());
      events.set(events.indexOf(one), inPlaceOf(two, one));
      events.set(events.indexOf(two), inPlaceOf(one, two));
      variants.add(
          new Edited(one.endpoint() + " and " + two.endpoint(), history.withEvents(events)));
    }
    return variants.stream();
  }

  private static CaseHistory reversed(CaseHistory history) {
    List<Exchange> all = history.exchanges();
    IdentityHashMap<HistoryEvent, HistoryEvent> changes = new IdentityHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      changes.put(all.get(i), inPlaceOf(all.get(all.size() - 1 - i), all.get(i)));
    }
    return Places.replaced(history, changes);
  }

  private static Exchange inPlaceOf(Exchange moved, Exchange other) {
    return RecordCopy.with(
        moved,
        "at",
        other.at(),
        "answeredAt",
        other.answeredAt(),
        "number",
        other.number(),
        "connection",
        other.connection());
  }
}
