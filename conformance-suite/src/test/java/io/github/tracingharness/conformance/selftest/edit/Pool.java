package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the histories have in all cases together, so that something of one case can be put where it
 * does not belong: into another.
 *
 * @param requests a request of each endpoint
 * @param headers a value of each header, by its name in lower case
 * @param members a value of each member of JSON bodies, by endpoint and path
 * @param attributes a value of each attribute of OTLP spans
 * @param events an event of each name of OTLP spans
 * @param logs a line of each logger and level
 */
public record Pool(
    Map<String, Exchange> requests,
    List<Header> headers,
    Map<String, Map<String, JsonNode>> members,
    Map<String, KeyValue> attributes,
    Map<String, Span.Event> events,
    Collection<Log> logs) {

  private static final List<String> FRAMING =
      List.of("host", "connection", "content-length", "upgrade", "http2-settings");

  /** Collects from the histories of all cases; the first of a kind is kept. */
  public static Pool of(Collection<CaseHistory> histories) {
    Map<String, Exchange> requests = new TreeMap<>();
    Map<String, Header> headers = new TreeMap<>();
    Map<String, Map<String, JsonNode>> members = new TreeMap<>();
    Map<String, KeyValue> attributes = new TreeMap<>();
    Map<String, Span.Event> events = new TreeMap<>();
    Map<String, Log> logs = new TreeMap<>();
    for (CaseHistory history : histories) {
      for (Exchange e : history.exchanges()) {
        requests.putIfAbsent(e.endpoint(), e);
        e.headers().forEach(h -> headers.putIfAbsent(h.name().toLowerCase(Locale.ROOT), h));
        Bodies.json(e).ifPresent(body -> {
          Map<String, JsonNode> known = members.computeIfAbsent(e.endpoint(), k -> new TreeMap<>());
          JsonPlace.all(body).forEach(p -> known.putIfAbsent(p.label(), p.value()));
        });
        Bodies.spans(e)
            .ifPresent(body -> ProtoSpans.of(body).forEach(span -> {
              span.getAttributesList()
                  .forEach(a -> attributes.putIfAbsent(Labels.attribute(a.getKey()), a));
              span.getEventsList().forEach(v -> events.putIfAbsent(v.getName(), v));
            }));
      }
      history.logs().forEach(l -> logs.putIfAbsent(history.caseId() + l.level(), l));
    }
    FRAMING.forEach(headers::remove);
    return new Pool(
        requests, List.copyOf(headers.values()), members, attributes, events, logs.values());
  }
}
