package io.github.tracingharness.conformance.selftest.otlp;

import io.github.tracingharness.conformance.selftest.otlp.PayloadRules.Collected;
import java.util.List;
import java.util.Map;

/**
 * A finished span within its limits.
 *
 * @param parentSpanId 16 hex digits, empty for a root
 * @param flags as OTLP has them: W3C flags, and whether the parent is remote
 * @param kind name of the kind without {@code SPAN_KIND_}
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 */
record ModelSpan(
    Context context,
    String parentSpanId,
    int flags,
    String name,
    String kind,
    long start,
    long end,
    Collected attributes,
    List<Event> events,
    int droppedEvents,
    List<Link> links,
    int droppedLinks,
    String status,
    String statusMessage,
    Scope scope,
    boolean sampled) {

  /** What identifies a span: 32 and 16 hex digits, and its W3C trace state. */
  record Context(String traceId, String spanId, String traceState) {}

  record Event(String name, long time, Collected attributes) {}

  record Link(Context context, int flags, Collected attributes) {}

  record Scope(String name, String version, String schemaUrl, Map<String, Object> attributes) {}

  /** Returns how much of the span was left out because of limits. */
  int droppedInAll() {
    int within = events.stream().mapToInt(e -> e.attributes().dropped()).sum()
        + links.stream().mapToInt(l -> l.attributes().dropped()).sum();
    return attributes.dropped() + droppedEvents + droppedLinks + within;
  }
}
