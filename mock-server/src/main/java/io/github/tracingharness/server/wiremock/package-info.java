/**
 * The HTTP front on WireMock: the only package that knows WireMock and its Jetty.
 *
 * <p>One stub of lowest priority catches every request and is answered by a named transformer,
 * {@value io.github.tracingharness.server.wiremock.WireMockFront#TRANSFORMER}. The stub survives
 * all of WireMock's resets. A stub of a user comes first; if it names the transformer, the stateful
 * answer is used with the stub's delays and additional headers, otherwise the stub answers alone.
 *
 * <p>A Jetty listener tells of every exchange from its first byte to its last, whoever answers it.
 * Each exchange is handled in the one container thread that read it, so whoever holds an answer
 * back occupies that thread.
 */
@NullMarked
package io.github.tracingharness.server.wiremock;

import org.jspecify.annotations.NullMarked;
