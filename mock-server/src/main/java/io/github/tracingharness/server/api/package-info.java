/**
 * The HTTP API of a tracking server: routing, request parsing, and one small handler for each
 * endpoint.
 *
 * <p>{@link io.github.tracingharness.server.api.TrackingApi} finds the route of a request and runs
 * its handler on the stores of a space. Handlers have no state. They refuse by throwing
 * {@link io.github.tracingharness.server.state.TrackingException}; any other exception is a defect
 * of the fake.
 *
 * <p>The real server consists of two frameworks, and each route says to which it belongs:
 * <em>native</em> routes (FastAPI) write errors compact and read chunked bodies; all others (Flask)
 * write errors spaced and take a chunked body for empty.
 */
@NullMarked
package io.github.tracingharness.server.api;

import org.jspecify.annotations.NullMarked;
