package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the subject answered of a span.
 *
 * @param trace the trace id in the subject's own form, such as {@code tr-<32 hex>}
 * @param span 16 lower-case hex digits
 * @param told what the subject saw while the span was current, for each name that the case asked
 *     for with {@code tell}
 */
public record SpanIds(String trace, String span, Map<String, JsonNode> told) {

  /** Keeps a copy of what was told. */
  public SpanIds {
    told = Map.copyOf(told);
  }

  /** The ids of a span of which nothing else was asked. */
  public SpanIds(String trace, String span) {
    this(trace, span, Map.of());
  }

  /** Returns the 32 hex digits of a trace id, of whichever form. */
  public String traceHex() {
    return trace.substring(Math.max(trace.lastIndexOf('-'), trace.lastIndexOf('/')) + 1);
  }
}
