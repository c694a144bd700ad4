package io.github.tracingharness.conformance.selftest.otlp;

import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.selftest.otlp.ModelSpan.Context;
import io.github.tracingharness.conformance.selftest.otlp.ModelSpan.Event;
import io.github.tracingharness.conformance.selftest.otlp.ModelSpan.Link;
import io.github.tracingharness.conformance.selftest.otlp.ModelSpan.Scope;
import io.github.tracingharness.conformance.selftest.otlp.PayloadRules.Collected;
import io.github.tracingharness.conformance.subject.OtelPart;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Makes finished spans of what a case asks for: the model's tracing API. */
final class SpanFactory {

  private static final Scope OWN_SCOPE = new Scope("otlp-model", "1.0", "", Map.of());
  private static final int SAMPLED_FLAG_AT = "00-".length() + 32 + 1 + 16 + 1;

  private final Settings.Limits limits;
  private final PayloadRules rules;
  private final Diagnostics log;

  SpanFactory(Settings.Limits limits, PayloadRules rules, Diagnostics log) {
    this.limits = limits;
    this.rules = rules;
    this.log = log;
  }

  /** The finished spans, and the ids of all spans by ref. */
  record Made(List<ModelSpan> finished, Map<String, SpanIds> refs) {}

  Made make(List<SpanSpec> specs) {
    Map<String, Context> contexts = new LinkedHashMap<>();
    for (SpanSpec spec : specs) {
      contexts.put(spec.ref(), context(spec, contexts));
    }
    Map<String, SpanIds> refs = new LinkedHashMap<>();
    contexts.forEach((ref, c) -> refs.put(ref, new SpanIds(c.traceId(), c.spanId())));
    List<ModelSpan> finished = new ArrayList<>();
    for (SpanSpec spec : specs) {
      if (!spec.neverEnded()) {
        ModelSpan span = span(spec, contexts);
        finished.add(span);
        if (span.droppedInAll() > 0) {
          rules.left(span.droppedInAll(), log);
        }
      }
    }
    return new Made(finished, refs);
  }

  private Context context(SpanSpec spec, Map<String, Context> known) {
    String own = spec.otel().traceState();
    String spanId = rules.spanId(hex(16));
    if (spec.parent() != null) {
      Context parent = known.get(spec.parent());
      return new Context(
          parent.traceId(), spanId, own == null ? parent.traceState() : rules.traceState(own));
    }
    String remote = spec.remoteParent().get("traceparent");
    if (remote != null) {
      String state = spec.remoteParent().getOrDefault("tracestate", "");
      return new Context(
          rules.traceId(remote.substring(3, 35)),
          spanId,
          rules.traceState(own == null ? state : own));
    }
    return new Context(hex(32), spanId, rules.traceState(own == null ? "" : own));
  }

  /** Random hex digits that are not all zero. */
  private static String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    while (hex.length() < digits) {
      hex.append("%016x".formatted(ThreadLocalRandom.current().nextLong() | 1));
    }
    return hex.toString();
  }

  private ModelSpan span(SpanSpec spec, Map<String, Context> contexts) {
    String remote = spec.remoteParent().get("traceparent");
    int traceFlags = remote == null
        ? spec.otel().sampled() ? PayloadRules.SAMPLED : 0
        : Integer.parseInt(remote.substring(SAMPLED_FLAG_AT), 16);
    boolean sampled = (traceFlags & PayloadRules.SAMPLED) != 0 && spec.otel().sampled();
    long start = spec.start().orElseGet(SpanFactory::now);
    List<Event> events = events(spec);
    List<Link> links = links(spec, contexts);
    String status = spec.raise() != null
        ? "ERROR"
        : spec.status() == null ? "UNSET" : spec.status().code();
    String message = spec.raise() != null
        ? spec.raise().message()
        : spec.status() == null ? "" : spec.status().message();
    return new ModelSpan(
        contexts.get(spec.ref()),
        rules.parentSpanId(parentId(spec, contexts, remote)),
        rules.flags(traceFlags, remote != null),
        spec.name(),
        rules.kind(spec.otel().kind() == null ? "" : spec.otel().kind()),
        rules.time(start),
        rules.time(rules.end(start, spec.end().orElseGet(SpanFactory::now))),
        rules.collect(
            spec.otel().attributes().stream()
                .map(a -> Map.entry(a.key(), a.value()))
                .toList(),
            rules.attributeLimit(limits),
            limits.valueLength()),
        rules.first(events, limits.events()),
        Math.max(0, events.size() - limits.events()),
        rules.first(links, limits.links()),
        Math.max(0, links.size() - limits.links()),
        rules.status(status),
        rules.statusMessage(status, message),
        rules.scope(scope(spec.otel().scope())),
        sampled);
  }

  private static String parentId(SpanSpec spec, Map<String, Context> contexts, String remote) {
    if (spec.parent() != null) {
      return contexts.get(spec.parent()).spanId();
    }
    return remote == null ? "" : remote.substring(36, 52);
  }

  private List<Event> events(SpanSpec spec) {
    List<Event> events = new ArrayList<>();
    for (SpanSpec.Event event : spec.events()) {
      long time = event.time().orElseGet(SpanFactory::now);
      events.add(new Event(
          event.name(), rules.time(time), limited(event.attributes(), limits.perEvent())));
    }
    if (spec.raise() != null) {
      Map<String, Object> exception = new LinkedHashMap<>();
      exception.put("exception.type", spec.raise().type());
      exception.put("exception.message", spec.raise().message());
      events.add(new Event("exception", now(), limited(exception, limits.perEvent())));
    }
    return events;
  }

  private List<Link> links(SpanSpec spec, Map<String, Context> contexts) {
    List<Link> links = new ArrayList<>();
    for (OtelPart.Link link : spec.otel().links()) {
      Context of = rules.linked(
          link.ref() == null
              ? new Context(link.trace(), link.span(), "")
              : contexts.get(link.ref()));
      String state = link.traceState() == null ? of.traceState() : link.traceState();
      links.add(new Link(
          new Context(of.traceId(), of.spanId(), rules.linkTraceState(state)),
          rules.linkFlags(link.remote()),
          limited(link.attributes(), limits.perLink())));
    }
    return links;
  }

  private Collected limited(Map<String, Object> attributes, int limit) {
    return rules.collect(List.copyOf(attributes.entrySet()), limit, limits.valueLength());
  }

  private static Scope scope(OtelPart.Scope scope) {
    return scope == null
        ? OWN_SCOPE
        : new Scope(
            scope.name(),
            scope.version() == null ? "" : scope.version(),
            scope.schemaUrl() == null ? "" : scope.schemaUrl(),
            scope.attributes());
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
