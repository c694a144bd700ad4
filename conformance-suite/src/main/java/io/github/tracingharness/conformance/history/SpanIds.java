package io.github.tracingharness.conformance.history;

/**
 * The ids that the subject gave to a span.
 *
 * @param trace the trace id in the subject's own form, such as {@code tr-<32 hex>}
 * @param span 16 lower-case hex digits
 */
public record SpanIds(String trace, String span) {}
