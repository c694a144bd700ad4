package io.github.tracingharness.server;

/**
 * Something that happened at the port of a {@link TcpFront}.
 *
 * @param kind what happened
 * @param connection the client's port: the same number is the same connection
 * @param serverSide the port by which the server knows the connection,
 *     {@link RecordedCall#connection}; 0 as long as nothing was passed on
 * @param atNanos when, by {@link System#nanoTime}
 * @since 0.1.0
 */
public record ConnectionEvent(Kind kind, int connection, int serverSide, long atNanos) {

  /** What can happen. */
  public enum Kind {
    /** A connection was accepted. */
    OPENED,
    /** A connection began with a TLS hello, whether the server speaks TLS or not. */
    TLS_HELLO,
    /**
     * A client closed or reset its connection, or its sending half, before the answer to what it
     * had sent began, or before it had all of the answer. Not told of TLS connections.
     */
    CLIENT_GAVE_UP,
    /** A connection was ended by a fault. */
    ENDED_BY_FAULT,
    /** There were too many connections; this one was closed at once. */
    OVER_LIMIT,
    /** A connection is over, from whichever side. */
    ENDED
  }
}
