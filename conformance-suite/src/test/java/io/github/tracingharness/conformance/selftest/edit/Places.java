package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where histories are edited: single events, single requests, and all requests to an endpoint. */
final class Places {

  /** So many requests of an endpoint are edited each on its own; the last one always is. */
  private static final int SINGLES = 2;

  /** Of more requests to one endpoint only the first is edited: they are alike. */
  private static final int MANY = 12;

  private Places() {}

  /** Changes events one at a time; null leaves an event as it is. */
  static <T extends HistoryEvent> Stream<Edited> each(
      CaseHistory history,
      Class<T> kind,
      Function<T, String> place,
      Function<T, HistoryEvent> edit) {
    return history.all(kind).stream().flatMap(event -> {
      HistoryEvent changed = edit.apply(event);
      return changed == null || changed.equals(event)
          ? Stream.empty()
          : Stream.of(new Edited(place.apply(event), replaced(history, event, changed)));
    });
  }

  /** Takes events out one at a time. */
  static <T extends HistoryEvent> Stream<Edited> eachDropped(
      CaseHistory history, Class<T> kind, Function<T, String> place) {
    return history.all(kind).stream()
        .map(event -> new Edited(place.apply(event), without(history, e -> e == event)));
  }

  /** Changes all events of a kind together. */
  static <T extends HistoryEvent> Stream<Edited> all(
      CaseHistory history, Class<T> kind, UnaryOperator<T> edit) {
    IdentityHashMap<HistoryEvent, HistoryEvent> changes = new IdentityHashMap<>();
    history.all(kind).forEach(event -> changes.put(event, edit.apply(event)));
    CaseHistory changed = replaced(history, changes);
    return changed.events().equals(history.events())
        ? Stream.empty()
        : Stream.of(new Edited("all", changed));
  }

  /** One way of changing a request. */
  static Stream<Edited> requests(CaseHistory history, UnaryOperator<Exchange> edit) {
    return requestsAt(history, e -> Map.of("", edit.apply(e)));
  }

  /**
   * Many ways of changing a request, each with its place in it: made to single requests of an
   * endpoint, and to all of them together.
   */
  static Stream<Edited> requestsAt(
      CaseHistory history, Function<Exchange, Map<String, Exchange>> edit) {
    return byEndpoint(history).entrySet().stream()
        .flatMap(group -> ofEndpoint(history, group.getKey(), group.getValue(), edit));
  }

  private static Stream<Edited> ofEndpoint(
      CaseHistory history,
      String endpoint,
      List<Exchange> group,
      Function<Exchange, Map<String, Exchange>> edit) {
    List<Map<String, Exchange>> changes =
        group.stream().limit(group.size() > MANY ? 1 : MANY).map(edit).toList();
    Set<String> places = new LinkedHashSet<>();
    changes.forEach(c -> places.addAll(c.keySet()));
    return places.stream().flatMap(place -> {
      List<CaseHistory> variants = new ArrayList<>();
      IdentityHashMap<HistoryEvent, HistoryEvent> together = new IdentityHashMap<>();
      for (int i = 0; i < changes.size(); i++) {
        Exchange changed = changes.get(i).get(place);
        if (changed == null || changed.equals(group.get(i))) {
          continue;
        }
        together.put(group.get(i), changed);
        if (i < SINGLES || i == group.size() - 1) {
          variants.add(replaced(history, group.get(i), changed));
        }
      }
      if (together.size() > 1) {
        variants.add(replaced(history, together));
      }
      String whole = (endpoint + " " + place).replaceFirst(" ?(#[0-9]+)?$", "");
      return variants.stream().map(v -> new Edited(whole, v));
    });
  }

  /** The requests by endpoint, both in the order of arrival. */
  static Map<String, List<Exchange>> byEndpoint(CaseHistory history) {
    Map<String, List<Exchange>> groups = new LinkedHashMap<>();
    history
        .exchanges()
        .forEach(
            e -> groups.computeIfAbsent(e.endpoint(), k -> new ArrayList<>()).add(e));
    return groups;
  }

  static CaseHistory replaced(CaseHistory history, HistoryEvent event, HistoryEvent other) {
    return history.withEvents(
        history.events().stream().map(e -> e == event ? other : e).toList());
  }

  /** Replaces the very events that are keys, not those equal to them. */
  static CaseHistory replaced(
      CaseHistory history, IdentityHashMap<HistoryEvent, HistoryEvent> changes) {
    return history.withEvents(history.events().stream()
        .map(e -> Objects.requireNonNullElse(changes.get(e), e))
        .toList());
  }

  static CaseHistory without(CaseHistory history, Predicate<HistoryEvent> dropped) {
    return history.withEvents(history.events().stream().filter(dropped.negate()).toList());
  }

  static CaseHistory with(CaseHistory history, HistoryEvent more) {
    List<HistoryEvent> events = new ArrayList<>(history.events());
    events.add(more);
    return history.withEvents(events);
  }
}
