package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Attributes, events and links of OTLP spans in protobuf. */
final class SpanPartEdits {

  private static final int SPANS = 4;
  private static final int PARTS = 12;

  private SpanPartEdits() {}

  static List<HistoryEdit> all(Pool pool) {
    return List.of(
        attributes("attribute-removed", "An attribute is missing", a -> List.of()),
        attributes(
            "attribute-repeated",
            "An attribute stands there twice, with another value",
            a -> List.of(a, other(a))),
        attributes(
            "attribute-renamed",
            "An attribute has another key",
            a -> List.of(a.toBuilder().setKey(a.getKey() + "~").build())),
        attributes("attribute-value", "An attribute has another value", a -> List.of(other(a))),
        attributes("attribute-type", "An attribute is of another type", a -> List.of(otherType(a))),
        attributes(
            "attribute-emptied",
            "An attribute has no value",
            a -> List.of(a.toBuilder().setValue(AnyValue.getDefaultInstance()).build())),
        new HistoryEdit(
            "attribute-added",
            "A span has an attribute that spans of other cases have",
            h -> Places.requestsAt(h, e -> added(e, pool))),
        events("event-removed", "An event is missing", v -> List.of()),
        events("event-repeated", "An event stands there twice", v -> List.of(v, v)),
        events(
            "event-name",
            "An event has another name",
            v -> List.of(v.toBuilder().setName(v.getName() + "~").build())),
        events(
            "event-time",
            "An event is a nanosecond late",
            v -> List.of(v.toBuilder().setTimeUnixNano(v.getTimeUnixNano() + 1).build())),
        events(
            "event-attributes-removed",
            "An event has no attributes",
            v -> List.of(v.toBuilder().clearAttributes().build())),
        events(
            "event-attribute-changed",
            "The attributes of an event have other values",
            v -> List.of(v.toBuilder()
                .clearAttributes()
                .addAllAttributes(
                    v.getAttributesList().stream().map(SpanPartEdits::other).toList())
                .build())),
        new HistoryEdit(
            "event-added",
            "A span has an event that spans of other cases have",
            h -> Places.requestsAt(h, e -> withEvents(e, pool))),
        new HistoryEdit(
            "links-changed",
            "A span loses its links, or has one that it had not",
            h -> Places.requestsAt(h, e -> eachSpan(e, "links", SpanPartEdits::otherLinks))));
  }

  private static HistoryEdit attributes(
      String id, String words, Function<KeyValue, List<KeyValue>> replacement) {
    return new HistoryEdit(
        id,
        words,
        h -> Places.requestsAt(
            h,
            e -> parts(
                e,
                Span.Builder::getAttributesList,
                (s, list) -> s.clearAttributes().addAllAttributes(list),
                a -> Labels.attribute(a.getKey()),
                replacement)));
  }

  private static HistoryEdit events(
      String id, String words, Function<Span.Event, List<Span.Event>> replacement) {
    return new HistoryEdit(
        id,
        words,
        h -> Places.requestsAt(
            h,
            e -> parts(
                e,
                Span.Builder::getEventsList,
                (s, list) -> s.clearEvents().addAllEvents(list),
                v -> "event",
                replacement)));
  }

  /** Replaces one part of one span at a time. */
  private static <P> Map<String, Exchange> parts(
      Exchange e,
      Function<Span.Builder, List<P>> get,
      BiConsumer<Span.Builder, List<P>> set,
      Function<P, String> label,
      Function<P, List<P>> replacement) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    ExportTraceServiceRequest request =
        Bodies.spans(e).orElse(ExportTraceServiceRequest.getDefaultInstance());
    int spans = Math.min(SPANS, ProtoSpans.of(request).size());
    for (int s = 0; s < spans; s++) {
      int parts = get.apply(ProtoSpans.of(request).get(s).toBuilder()).size();
      for (int p = 0; p < Math.min(PARTS, parts); p++) {
        ExportTraceServiceRequest.Builder changed = request.toBuilder();
        Span.Builder span = ProtoSpans.of(changed).get(s);
        List<P> list = new ArrayList<>(get.apply(span));
        P part = list.remove(p);
        list.addAll(p, replacement.apply(part));
        set.accept(span, list);
        changes.put(
            label.apply(part) + " #" + changes.size(),
            Bodies.with(e, changed.build().toByteArray()));
      }
    }
    return changes;
  }

  private static Map<String, Exchange> added(Exchange e, Pool pool) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    pool.attributes()
        .forEach((label, attribute) -> changes.putAll(eachSpan(e, label, s -> {
          if (s.getAttributesList().stream()
              .noneMatch(a -> a.getKey().equals(attribute.getKey()))) {
            s.addAttributes(attribute);
          }
        })));
    return changes;
  }

  private static Map<String, Exchange> withEvents(Exchange e, Pool pool) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    pool.events()
        .forEach(
            (name, event) -> changes.putAll(eachSpan(e, "event " + name, s -> s.addEvents(event))));
    return changes;
  }

  private static Map<String, Exchange> eachSpan(
      Exchange e, String label, Consumer<Span.Builder> edit) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    ExportTraceServiceRequest request =
        Bodies.spans(e).orElse(ExportTraceServiceRequest.getDefaultInstance());
    for (int n = 0; n < Math.min(SPANS, ProtoSpans.of(request).size()); n++) {
      ExportTraceServiceRequest.Builder changed = request.toBuilder();
      edit.accept(ProtoSpans.of(changed).get(n));
      changes.put(label + " #" + n, Bodies.with(e, changed.build().toByteArray()));
    }
    return changes;
  }

  private static void otherLinks(Span.Builder span) {
    if (span.getLinksCount() > 0) {
      span.clearLinks();
    } else {
      span.addLinks(
          Span.Link.newBuilder().setTraceId(span.getTraceId()).setSpanId(span.getSpanId()));
    }
  }

  private static KeyValue other(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    AnyValue.Builder other = value.toBuilder();
    switch (value.getValueCase()) {
      case STRING_VALUE -> other.setStringValue(otherText(value.getStringValue()));
      case INT_VALUE -> other.setIntValue(value.getIntValue() + 1);
      case DOUBLE_VALUE -> other.setDoubleValue(value.getDoubleValue() + 1);
      case BOOL_VALUE -> other.setBoolValue(!value.getBoolValue());
      case ARRAY_VALUE -> other.clearArrayValue().getArrayValueBuilder();
      case KVLIST_VALUE -> other.clearKvlistValue().getKvlistValueBuilder();
      default -> other.setStringValue("x");
    }
    return attribute.toBuilder().setValue(other).build();
  }

  private static String otherText(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(0, text.length() - 1) + "~\""
        : text + "~";
  }

  private static KeyValue otherType(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    AnyValue.Builder other = AnyValue.newBuilder();
    switch (value.getValueCase()) {
      case INT_VALUE -> other.setStringValue(Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> other.setIntValue((long) value.getDoubleValue());
      case BOOL_VALUE -> other.setStringValue(Boolean.toString(value.getBoolValue()));
      default -> other.setIntValue(7);
    }
    return attribute.toBuilder().setValue(other).build();
  }
}
