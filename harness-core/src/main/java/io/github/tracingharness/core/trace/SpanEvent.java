package io.github.tracingharness.core.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something that happened while a span was open.
 *
 * @param name name of the event
 * @param timeUnixNano when it happened, nanoseconds since 1970
 * @param attributes values as they were given, not encoded as JSON: strings, longs, doubles,
 *     booleans and lists of them
 */
public record SpanEvent(String name, long timeUnixNano, Map<String, Object> attributes) {

  /** Copies the attributes. */
  public SpanEvent {
    Objects.requireNonNull(name, "name");
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
