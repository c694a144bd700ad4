/**
 * A listener on plain sockets in front of the server, for what lies below HTTP.
 *
 * <p>{@code Listener} accepts connections in one thread and asks for the {@code Fate} of each;
 * {@code Relay} passes the bytes of one connection on, in two threads, one for each direction, and
 * ends it as its fate wants. {@code Watch} counts and keeps what happened. Nothing is decoded but
 * the first byte, which tells a TLS hello from HTTP.
 *
 * <p>Used by {@link io.github.tracingharness.server.TcpFront} only. Reads and writes block; closing
 * the listener closes all sockets, which ends all threads.
 */
@NullMarked
package io.github.tracingharness.server.front;

import org.jspecify.annotations.NullMarked;
