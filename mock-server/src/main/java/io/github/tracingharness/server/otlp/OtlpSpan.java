package io.github.tracingharness.server.otlp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it was sent.
 *
 * @param traceId hexadecimal digits in lower case, possibly empty or of the wrong length
 * @param spanId hexadecimal digits in lower case, possibly empty or of the wrong length
 * @param parentSpanId hexadecimal digits in lower case, empty for a root
 * @param traceState the W3C trace state, possibly empty
 * @param flags the flags, an unsigned 32-bit number
 * @param name the name
 * @param kind the kind's number
 * @param startUnixNano nanoseconds since 1970, as an unsigned 64-bit number
 * @param endUnixNano nanoseconds since 1970, as an unsigned 64-bit number, 0 if not ended
 * @param attributes the attributes in order; of a repeated key the last value
 * @param droppedAttributes how many attributes were dropped
 * @param events the events
 * @param droppedEvents how many events were dropped
 * @param links the links
 * @param droppedLinks how many links were dropped
 * @param statusCode 0 unset, 1 ok, 2 error
 * @param statusMessage the status description, possibly empty
 * @since 0.1.0
 */
public record OtlpSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String traceState,
    long flags,
    String name,
    int kind,
    long startUnixNano,
    long endUnixNano,
    Map<String, @Nullable Object> attributes,
    long droppedAttributes,
    List<Event> events,
    long droppedEvents,
    List<Link> links,
    long droppedLinks,
    int statusCode,
    String statusMessage) {

  /** Copies the lists. */
  public OtlpSpan {
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  /** The same span with other links. */
  OtlpSpan withLinks(List<Link> others) {
    return new OtlpSpan(
        traceId,
        spanId,
        parentSpanId,
        traceState,
        flags,
        name,
        kind,
        startUnixNano,
        endUnixNano,
        attributes,
        droppedAttributes,
        events,
        droppedEvents,
        others,
        droppedLinks,
        statusCode,
        statusMessage);
  }

  /**
   * An event.
   *
   * @param timeUnixNano nanoseconds since 1970
   * @param name the name
   * @param attributes the attributes in order
   * @param droppedAttributes how many attributes were dropped
   */
  public record Event(
      long timeUnixNano,
      String name,
      Map<String, @Nullable Object> attributes,
      long droppedAttributes) {}

  /**
   * A link.
   *
   * @param traceId hexadecimal digits in lower case
   * @param spanId hexadecimal digits in lower case
   * @param traceState the W3C trace state, possibly empty
   * @param attributes the attributes in order
   * @param droppedAttributes how many attributes were dropped
   * @param flags the flags, an unsigned 32-bit number
   */
  public record Link(
      String traceId,
      String spanId,
      String traceState,
      Map<String, @Nullable Object> attributes,
      long droppedAttributes,
      long flags) {}
}
