/**
 * A collector for the traces that exporters send by OTLP/HTTP, on plain sockets: it says exactly
 * what came over the wire and answers in every way that a network or a server can.
 *
 * <p>{@link io.github.tracingharness.server.collector.OtlpCollector} is one listener on a port of
 * its own. A connection goes: acceptor thread → one thread for each connection ({@code Connection})
 * → {@code Wire} (bytes, TLS, the client's leaving) → {@code RequestReader} (HTTP/1.1) → journal →
 * {@code AnswerPlayer}, which plays the
 * {@link io.github.tracingharness.server.collector.CollectorAnswer} that the script has for the
 * request.
 *
 * <p><b>Why no HTTP server library.</b> What is tested here lies below HTTP: a reset before the
 * first byte, half a head, a Content-Length that is too large, a body that drips, a TLS hello on a
 * plain port, the moment at which a client gives up. A library hides or repairs these.
 *
 * <p><b>Recording.</b> Requests are recorded before anything is decoded: the target byte for byte,
 * the headers in their order and spelling, the body as sent after the framing was taken off. What
 * is no HTTP request becomes a {@link io.github.tracingharness.server.collector.CollectorEvent}.
 *
 * <p><b>Threads.</b> All of {@code OtlpCollector} may be used from any thread. A connection's
 * thread is the only one that reads and writes its socket; while an answer waits, that thread
 * reads, so that it sees the client leave at once. At most
 * {@value io.github.tracingharness.server.collector.OtlpCollector#MAX_CONNECTIONS} connections are
 * served at a time, further ones are closed and recorded. Closing the collector closes all sockets,
 * which ends all threads.
 *
 * <p><b>Limits.</b> Heads are limited to 256 KiB, bodies to 256 MiB unless set otherwise. Requests
 * are not pipelined: a client that sends the next one early waits for the answer to the first.
 * Everything recorded is kept in memory until the collector is closed.
 */
@NullMarked
package io.github.tracingharness.server.collector;

import org.jspecify.annotations.NullMarked;
