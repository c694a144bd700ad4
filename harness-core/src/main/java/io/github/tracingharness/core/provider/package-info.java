/**
 * Where the current span of a pipeline is: beside OpenTelemetry's own or in its place.
 *
 * <p>A pipeline is isolated by default: its current span travels in OpenTelemetry's {@code Context}
 * as everything else does, through executors and futures, but under a key of its own. Spans of an
 * application's OpenTelemetry and those of the pipeline then neither see each other nor become each
 * other's parents. {@link io.github.tracingharness.core.provider.ActiveSpans} knows the key;
 * {@link io.github.tracingharness.core.provider.IsolatedOpenTelemetry} is an OpenTelemetry API
 * whose spans go by it. A unified pipeline uses OpenTelemetry's own key, so that all spans nest.
 *
 * <p>Nothing here blocks or keeps state besides the key.
 */
@NullMarked
package io.github.tracingharness.core.provider;

import org.jspecify.annotations.NullMarked;
