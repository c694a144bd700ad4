package io.github.tracingharness.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as the server has it, from its own store or from an uploaded {@code traces.json}.
 *
 * @param spanId 16 hexadecimal digits
 * @param parentId the parent's 16 hexadecimal digits, or null for a root
 * @param name the name
 * @param startNanos nanoseconds since 1970
 * @param endNanos nanoseconds since 1970, 0 if the span never ended
 * @param statusCode {@code UNSET}, {@code OK} or {@code ERROR}
 * @param statusMessage the status description, possibly empty
 * @param attributes values as JSON texts, as MLflow stores them: a text {@code hi} is {@code "hi"}
 *     with quotes
 * @param events the events in order
 * @param links the links in order
 * @since 0.1.0
 */
public record StoredSpan(
    String spanId,
    @Nullable String parentId,
    String name,
    long startNanos,
    long endNanos,
    String statusCode,
    String statusMessage,
    Map<String, String> attributes,
    List<Event> events,
    List<Link> links) {

  /** Copies the collections. */
  public StoredSpan {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  /**
   * Something that happened while the span was open.
   *
   * @param name the name
   * @param timeNanos nanoseconds since 1970
   * @param attributes plain values: texts, numbers, booleans, lists and maps
   */
  public record Event(String name, long timeNanos, Map<String, @Nullable Object> attributes) {

    /** Copies the attributes. */
    public Event {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }

  /**
   * A link to another span.
   *
   * @param traceId the trace id in the form in which it was stored
   * @param spanId 16 hexadecimal digits
   * @param attributes plain values: texts, numbers, booleans, lists and maps
   */
  public record Link(String traceId, String spanId, Map<String, @Nullable Object> attributes) {

    /** Copies the attributes. */
    public Link {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }
}
