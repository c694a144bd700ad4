package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.check.WireSpan.Event;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A span by its ref, and statements about what was delivered of it. Both storages are accepted;
 * where a span was delivered more than once, a statement must hold for every delivery.
 */
public final class SpanStatement {

  private final String ref;

  private SpanStatement(String ref) {
    this.ref = ref;
  }

  /** Speaks of a span. */
  public static SpanStatement span(String ref) {
    return new SpanStatement(ref);
  }

  /** It was delivered. */
  public Check delivered() {
    return that("to be delivered", s -> true, WireSpan::describe);
  }

  /** It has this name. */
  public Check named(String name) {
    return that(
        "named \"%s\"".formatted(name),
        s -> s.name().equals(name),
        s -> "\"%s\"".formatted(s.name()));
  }

  /** Its parent is the span of that ref. */
  public Check childOf(String parentRef) {
    return history -> {
      SpanIds parent = history.refs().get(parentRef);
      String expected =
          "child of %s (%s)".formatted(parentRef, parent == null ? "no id" : parent.span());
      return that(
              expected,
              s -> parent != null && parent.span().equals(s.parentId()),
              s -> s.parentId() == null ? "a root" : "parent " + s.parentId())
          .judge(history);
    };
  }

  /** Its parent is the span of that id, which another process has. */
  public Check childOfRemote(String spanId) {
    return that(
        "child of the remote span " + spanId,
        s -> spanId.equals(s.parentId()),
        s -> s.parentId() == null ? "a root" : "parent " + s.parentId());
  }

  /** It has no parent. */
  public Check root() {
    return that("without a parent", s -> s.parentId() == null, s -> "parent " + s.parentId());
  }

  /** It started and ended at these times, in Unix nanoseconds. */
  public Check times(long start, long end) {
    return that(
        "from %d to %d".formatted(start, end),
        s -> s.start() != null && s.start() == start && s.end() != null && s.end() == end,
        s -> "from %s to %s".formatted(s.start(), s.end()));
  }

  /** It has this status code: {@code UNSET}, {@code OK} or {@code ERROR}. */
  public Check status(String code) {
    return that("with status " + code, s -> s.status().equals(code), WireSpan::status);
  }

  /** It has any status but this one. */
  public Check notStatus(String code) {
    return that(
        "with another status than " + code, s -> !s.status().equals(code), WireSpan::status);
  }

  /** It has this status message. */
  public Check statusMessage(String message) {
    return that(
        "with the status message \"%s\"".formatted(message),
        s -> s.statusMessage().equals(message),
        s -> "\"%s\"".formatted(s.statusMessage()));
  }

  /** It has the attribute with this value. */
  public Check attribute(String key, JsonNode value) {
    return attribute(key, Finding.cut(value.toString()), v -> Json.same(v, value));
  }

  /** It has the attribute, and a statement is true of its value. */
  public Check attribute(String key, String words, Predicate<JsonNode> statement) {
    return that(
        "with attribute %s = %s".formatted(key, words),
        s -> s.attributes().containsKey(key) && statement.test(s.attributes().get(key)),
        s -> s.attributes().containsKey(key)
            ? Finding.cut(s.attributes().get(key).toString())
            : "no such attribute among " + s.attributes().keySet());
  }

  /** It does not have the attribute. */
  public Check withoutAttribute(String key) {
    return that(
        "without attribute " + key,
        s -> !s.attributes().containsKey(key),
        s -> key + " = " + s.attributes().get(key));
  }

  /** It has exactly so many events of a name, 0 included. */
  public Check events(String name, int count) {
    return that(
        "with %d events named %s".formatted(count, name),
        s -> s.events().stream().filter(e -> e.name().equals(name)).count() == count,
        SpanStatement::eventNames);
  }

  /** It has an event of this name and time, with at least these attributes. */
  public Check event(String name, long time, Map<String, JsonNode> attributes) {
    return event(
        name,
        "at %d with %s".formatted(time, attributes),
        e -> e.time() != null && e.time() == time && has(e, attributes));
  }

  /** It has an event of this name with at least these attributes, at any time. */
  public Check event(String name, Map<String, JsonNode> attributes) {
    return event(name, "with " + attributes, e -> has(e, attributes));
  }

  private Check event(String name, String words, Predicate<Event> statement) {
    return that(
        "with an event %s %s".formatted(name, words),
        s -> s.events().stream().anyMatch(e -> e.name().equals(name) && statement.test(e)),
        s -> s.events().isEmpty() ? "no event" : Finding.cut(s.events().toString()));
  }

  private static boolean has(Event event, Map<String, JsonNode> attributes) {
    return attributes.entrySet().stream()
        .allMatch(a -> Json.same(
            event.attributes().getOrDefault(a.getKey(), JsonNodeFactory.instance.missingNode()),
            a.getValue()));
  }

  private static String eventNames(WireSpan span) {
    return "events " + span.events().stream().map(Event::name).toList();
  }

  /** A statement is true of every delivery, and there is at least one. */
  Check that(String words, Predicate<WireSpan> statement, Describe found) {
    return history -> judge(history, words, statement, found);
  }

  /** Says what was found of a span. */
  @FunctionalInterface
  interface Describe {
    String of(WireSpan span);
  }

  private CheckResult judge(
      CaseHistory history, String words, Predicate<WireSpan> statement, Describe found) {
    String expected = "span %s %s".formatted(ref, words);
    SpanIds ids = history.refs().get(ref);
    if (ids == null) {
      return Finding.unmet(
          expected,
          "no ids for it in the answers to emit",
          "refs " + history.refs().keySet());
    }
    List<WireSpan> deliveries = WireSpan.of(history, ids);
    if (deliveries.isEmpty()) {
      return Finding.unmet(
          expected, "no span %s of %s".formatted(ids.span(), ids.trace()), delivered(history));
    }
    for (WireSpan delivery : deliveries) {
      if (!statement.test(delivery)) {
        return Finding.unmet(expected, found.of(delivery), delivery.describe());
      }
    }
    return CheckResult.met(expected);
  }

  private static String delivered(CaseHistory history) {
    List<String> spans = WireSpan.all(history).stream().map(WireSpan::describe).toList();
    return spans.isEmpty() ? "no span at all; " + Finding.requests(history) : Finding.some(spans);
  }
}
