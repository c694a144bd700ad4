/**
 * A fake MLflow tracking server for tests: entry points and the values that they exchange.
 *
 * <p>{@link io.github.tracingharness.server.FakeTrackingServer} is one HTTP server; each
 * {@link io.github.tracingharness.server.TrackingSpace} in it is a tracking server of its own below
 * a path prefix, with its own state, recorded calls and scripted faults.
 *
 * <p>A request goes: {@code wiremock} (the HTTP front, the only package that knows WireMock) → the
 * space's journal and fault script (here) → {@code api} (routing and one handler class per
 * endpoint) → {@code state} (plain stores). {@code http} holds the values in between, {@code otlp}
 * decodes OTLP bodies.
 *
 * <p>Everything here may be used from any thread. Held and delayed answers each occupy one thread
 * of the front; it has room for
 * {@value io.github.tracingharness.server.FakeTrackingServer#MAX_CONCURRENT_CALLS} calls at a time.
 */
@NullMarked
package io.github.tracingharness.server;

import org.jspecify.annotations.NullMarked;
