package io.github.tracingharness.core.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reference from a span to a span of any trace.
 *
 * @param traceId trace id in MLflow's form, {@code tr-<32 hex>}
 * @param spanId span id, 16 hex
 * @param attributes values as they were given, not encoded as JSON
 */
public record SpanLink(String traceId, String spanId, Map<String, Object> attributes) {

  /** Copies the attributes. */
  public SpanLink {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
