/**
 * What a tracking server remembers: experiments, traces with their spans, artifacts, prompt links.
 *
 * <p>Plain thread-safe stores of immutable values; they know neither HTTP nor JSON layouts. Changes
 * of one trace are atomic and readers never wait. Refusals are
 * {@link io.github.tracingharness.server.state.TrackingException}s with the error code and the text
 * of the real server.
 */
@NullMarked
package io.github.tracingharness.server.state;

import org.jspecify.annotations.NullMarked;
