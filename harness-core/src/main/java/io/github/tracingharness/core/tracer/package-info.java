/**
 * What application code touches: spans with inputs and outputs, and the trace around them.
 *
 * <p>Nothing here throws or waits for the network, with one exception: in synchronous mode the
 * thread that ends a span also exports it. Values are encoded as JSON text when they are set, on
 * the caller's thread, so that later changes of a mutable input do not show. Spans nest through
 * OpenTelemetry's {@code Context}; a span that is not made current nests nothing. A span that is
 * not recorded, because it was not sampled or tracing was shut down, ignores every call.
 */
@NullMarked
package io.github.tracingharness.core.tracer;

import org.jspecify.annotations.NullMarked;
