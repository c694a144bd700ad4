package io.github.tracingharness.server;

/**
 * A span in a table of Unity Catalog. A span that was sent twice has two rows.
 *
 * @param table the full name of the table, as the client gave it
 * @param traceId the 32 hexadecimal digits of the trace id
 * @param span the span
 * @since 0.1.0
 */
public record UcTableRow(String table, String traceId, StoredSpan span) {}
