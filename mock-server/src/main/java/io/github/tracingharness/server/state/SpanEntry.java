package io.github.tracingharness.server.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored span, as far as the real server keeps one: kind, trace state, flags, dropped counts and
 * scope are lost.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentId the parent's id, or null for a root
 * @param name the name
 * @param type the type as it was sent, which is what searches look at, or null
 * @param startNanos nanoseconds since 1970
 * @param endNanos nanoseconds since 1970, 0 if it never ended
 * @param status the status
 * @param attributes values as JSON texts
 * @param events the events
 * @param links the links
 */
public record SpanEntry(
    String traceId,
    String spanId,
    @Nullable String parentId,
    String name,
    @Nullable String type,
    long startNanos,
    long endNanos,
    Status status,
    Map<String, String> attributes,
    List<Event> events,
    List<Link> links) {

  /** Copies the collections. */
  public SpanEntry {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  /** The status codes of OpenTelemetry, in the order of their numbers. */
  public enum Code {
    /** Nobody said. */
    UNSET,
    /** Good. */
    OK,
    /** Bad. */
    ERROR
  }

  /**
   * A status.
   *
   * @param code the code
   * @param message the description, possibly empty
   */
  public record Status(Code code, String message) {}

  /**
   * An event.
   *
   * @param name the name
   * @param timeNanos nanoseconds since 1970
   * @param attributes plain values
   */
  public record Event(String name, long timeNanos, Map<String, @Nullable Object> attributes) {}

  /**
   * A link to another span.
   *
   * @param traceId 32 hexadecimal digits
   * @param spanId 16 hexadecimal digits
   * @param attributes plain values
   */
  public record Link(String traceId, String spanId, Map<String, @Nullable Object> attributes) {}

  /**
   * Tells whether the span has no parent.
   *
   * @return true for a root
   */
  public boolean isRoot() {
    return parentId == null;
  }
}
