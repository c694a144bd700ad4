package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Statements about every delivery of one span by OTLP, as the fields of its message. */
public final class OtlpSpans {

  private static final long W3C_FLAGS = 0xff;
  private static final long PARENT_KNOWN = 0x100;
  private static final long PARENT_REMOTE = 0x200;
  private static final long RESERVED = 0xffff_fc00L;

  private final String ref;

  private OtlpSpans(String ref) {
    this.ref = ref;
  }

  /** Selects the deliveries of the span with this ref. */
  public static OtlpSpans sent(String ref) {
    return new OtlpSpans(ref);
  }

  /** It has this kind, a number. */
  public Check kind(int kind) {
    return span("of kind " + kind, s -> s.kind() == kind, s -> "kind " + s.kind());
  }

  /** It has this trace state. */
  public Check traceState(String state) {
    return span(
        "with trace state " + state,
        s -> s.traceState().equals(state),
        s -> "trace state \"%s\"".formatted(s.traceState()));
  }

  /** Its ids have 16 and 8 bytes and are not zero. */
  public Check wholeIds() {
    return span(
        "with ids of 16 and 8 bytes that are not zero",
        s -> isId(s.traceId(), 32) && isId(s.spanId(), 16),
        s -> "ids %s and %s".formatted(s.traceId(), s.spanId()));
  }

  private static boolean isId(String hex, int digits) {
    return hex.length() == digits && !hex.equals("0".repeat(digits));
  }

  /** It has no parent. */
  public Check root() {
    return span(
        "without a parent", s -> s.parentSpanId().isEmpty(), s -> "parent " + s.parentSpanId());
  }

  /** Its parent is this id, 16 hex digits. */
  public Check parentId(String id) {
    return span(
        "with the parent " + id,
        s -> s.parentSpanId().equals(id),
        s -> "parent \"%s\"".formatted(s.parentSpanId()));
  }

  /** Its parent is another span of the case. */
  public Check parent(String parentRef) {
    return history -> {
      SpanIds parent = history.refs().get(parentRef);
      return parentId(parent == null ? "no id told for " + parentRef : parent.span())
          .judge(history);
    };
  }

  /** It belongs to this trace, 32 hex digits. */
  public Check trace(String hex) {
    return span("of trace " + hex, s -> s.traceId().equals(hex), s -> "trace " + s.traceId());
  }

  /** It started and ended at these times, in Unix nanoseconds. */
  public Check times(long start, long end) {
    return span(
        "from %d to %d".formatted(start, end),
        s -> s.startUnixNano() == start && s.endUnixNano() == end,
        s -> "from %d to %d".formatted(s.startUnixNano(), s.endUnixNano()));
  }

  /** It has an event of this name at this time. */
  public Check event(String name, long time) {
    return span(
        "with an event %s at %d".formatted(name, time),
        s -> s.events().stream().anyMatch(e -> e.name().equals(name) && e.timeUnixNano() == time),
        s -> "events " + s.events());
  }

  /** It has this status: 0 unset, 1 ok, 2 error, and this message. */
  public Check status(int code, String message) {
    return span(
        "with status %d \"%s\"".formatted(code, message),
        s -> s.statusCode() == code && s.statusMessage().equals(message),
        s -> "status %d \"%s\"".formatted(s.statusCode(), s.statusMessage()));
  }

  /**
   * Its flags, if any are set, are sampled, and say of the parent whether it is remote; bits above
   * are zero.
   */
  public Check flags(boolean remoteParent) {
    return span(
        "with flags 0, or the W3C flags of a sampled span with a %s parent"
            .formatted(remoteParent ? "remote" : "local"),
        s -> areFlags(s.flags(), remoteParent),
        s -> "flags 0x" + Long.toHexString(s.flags()));
  }

  /** As {@link #flags}, of its n-th link, from 1. */
  public Check linkFlags(int n, boolean remote) {
    return link(
        n,
        "flags 0, or the W3C flags of a sampled %s span".formatted(remote ? "remote" : "local"),
        l -> areFlags(l.flags(), remote));
  }

  private static boolean areFlags(long flags, boolean remote) {
    boolean known = (flags & PARENT_KNOWN) != 0;
    return flags == 0
        || ((flags & W3C_FLAGS & ~2L) == 1
            && (flags & RESERVED) == 0
            && (known ? ((flags & PARENT_REMOTE) != 0) == remote : (flags & PARENT_REMOTE) == 0));
  }

  /** Its n-th link, from 1, has this trace state. */
  public Check linkTraceState(int n, String state) {
    return link(n, "trace state " + state, l -> l.traceState().equals(state));
  }

  /** Its n-th link, from 1, names another span of the case. */
  public Check linkTo(int n, String otherRef) {
    return history -> {
      SpanIds other = history.refs().getOrDefault(otherRef, new SpanIds("?", "?"));
      return link(
              n,
              "the ids of " + otherRef,
              l -> l.traceId().equals(other.traceHex()) && l.spanId().equals(other.span()))
          .judge(history);
    };
  }

  private Check link(int n, String words, Predicate<OtlpSpan.Link> statement) {
    return span(
        "whose link %d has %s".formatted(n, words),
        s -> s.links().size() >= n && statement.test(s.links().get(n - 1)),
        s -> "links " + s.links());
  }

  /** It has the attribute with exactly this value: text, number, truth value, list, map, bytes. */
  public Check attribute(String key, Object value) {
    return span(
        "with attribute %s = %s".formatted(key, words(value)),
        s -> Objects.deepEquals(plain(s.attributes().get(key)), plain(value)),
        s -> s.attributes().containsKey(key)
            ? words(s.attributes().get(key))
            : "no such attribute among " + s.attributes().keySet());
  }

  /** It has the attribute with a text, of which a statement is true. */
  public Check text(String key, String words, Predicate<String> statement) {
    return span(
        "with attribute %s %s".formatted(key, words),
        s -> s.attributes().get(key) instanceof String text && statement.test(text),
        s -> words(s.attributes().get(key)));
  }

  /** The n-th link, from 1, has so many attributes, and says that so many were dropped. */
  public Check linkAttributes(int n, int kept, int dropped) {
    return link(
        n,
        "%d attributes and %d dropped".formatted(kept, dropped),
        l -> l.attributes().size() == kept && l.droppedAttributes() == dropped);
  }

  /** It has exactly the attributes with these keys, and says that so many were dropped. */
  public Check attributeKeys(List<String> keys, int dropped) {
    return span(
        "with the attributes %s and %d dropped".formatted(keys, dropped),
        s -> List.copyOf(s.attributes().keySet()).stream().sorted().toList().equals(keys)
            && s.droppedAttributes() == dropped,
        s -> "%s and %d dropped".formatted(s.attributes().keySet(), s.droppedAttributes()));
  }

  /** It has so many attributes. */
  public Check attributeCount(int count) {
    return span(
        "with %d attributes".formatted(count),
        s -> s.attributes().size() == count,
        s -> s.attributes().size() + " attributes");
  }

  /** It has so many events, and says that so many were dropped. */
  public Check events(int kept, int dropped) {
    return span(
        "with %d events and %d dropped".formatted(kept, dropped),
        s -> s.events().size() == kept && s.droppedEvents() == dropped,
        s -> "%d events and %d dropped".formatted(s.events().size(), s.droppedEvents()));
  }

  /** It has so many links, and says that so many were dropped. */
  public Check links(int kept, int dropped) {
    return span(
        "with %d links and %d dropped".formatted(kept, dropped),
        s -> s.links().size() == kept && s.droppedLinks() == dropped,
        s -> "%d links and %d dropped".formatted(s.links().size(), s.droppedLinks()));
  }

  /** Its first event has so many attributes, and says that so many were dropped. */
  public Check eventAttributes(int kept, int dropped) {
    return span(
        "whose event has %d attributes and %d dropped".formatted(kept, dropped),
        s -> !s.events().isEmpty()
            && s.events().get(0).attributes().size() == kept
            && s.events().get(0).droppedAttributes() == dropped,
        s -> "events " + s.events());
  }

  /** Its scope has this name, version and schema URL. */
  public Check scope(String name, String version, String schemaUrl) {
    return that(
        "in the scope %s %s with schema %s".formatted(name, version, schemaUrl),
        s -> s.scope().name().equals(name)
            && s.scope().version().equals(version)
            && s.scope().schemaUrl().equals(schemaUrl),
        s -> "%s %s with schema %s"
            .formatted(s.scope().name(), s.scope().version(), s.scope().schemaUrl()));
  }

  /** Its scope has this attribute. */
  public Check scopeAttribute(String key, Object value) {
    return that(
        "whose scope has %s = %s".formatted(key, words(value)),
        s -> Objects.deepEquals(plain(s.scope().attributes().get(key)), plain(value)),
        s -> "scope attributes " + s.scope().attributes());
  }

  /** Its resource has the attribute, and a statement is true of its text. */
  public Check resource(String key, String words, Predicate<String> statement) {
    return that(
        "whose resource has %s %s".formatted(key, words),
        s -> s.resource().resourceAttributes().get(key) instanceof String text
            && statement.test(text),
        s -> "%s = %s".formatted(key, words(s.resource().resourceAttributes().get(key))));
  }

  /** Its resource has the attribute with this text. */
  public Check resource(String key, String value) {
    return resource(key, "= \"%s\"".formatted(value), value::equals);
  }

  /** Its resource does not have the attribute. */
  public Check resourceWithout(String key) {
    return that(
        "whose resource has no " + key,
        s -> !s.resource().resourceAttributes().containsKey(key),
        s -> "%s = %s".formatted(key, words(s.resource().resourceAttributes().get(key))));
  }

  private Check span(
      String words, Predicate<OtlpSpan> statement, Function<OtlpSpan, String> found) {
    return that(words, s -> statement.test(s.span()), s -> found.apply(s.span()));
  }

  private Check that(
      String words, Predicate<SentSpan> statement, Function<SentSpan, String> found) {
    return history -> judge(history, words, statement, found);
  }

  private CheckResult judge(
      CaseHistory history,
      String words,
      Predicate<SentSpan> statement,
      Function<SentSpan, String> found) {
    String expected = "span %s %s".formatted(ref, words);
    SpanIds ids = history.refs().get(ref);
    List<SentSpan> deliveries = ids == null ? List.of() : SentSpan.of(history, ids);
    if (deliveries.isEmpty()) {
      return Finding.unmet(
          expected,
          ids == null
              ? "no ids told for it"
              : "no span %s of %s".formatted(ids.span(), ids.trace()),
          Finding.requests(history));
    }
    for (SentSpan delivery : deliveries) {
      if (!statement.test(delivery)) {
        return Finding.unmet(expected, Finding.cut(found.apply(delivery)), delivery.describe());
      }
    }
    return CheckResult.met(expected);
  }

  /** Lists and arrays in one form, for comparison. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(OtlpSpans::plain).toArray();
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> new Object[] {e.getKey(), plain(e.getValue())})
          .sorted((a, b) -> String.valueOf(a[0]).compareTo(String.valueOf(b[0])))
          .toArray();
    }
    return value;
  }

  private static String words(@Nullable Object value) {
    String type = value == null ? "nothing" : value.getClass().getSimpleName();
    String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    return "%s (%s)".formatted(Finding.cut(text), type);
  }
}
