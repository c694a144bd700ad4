package io.github.tracingharness.server.collector;

/**
 * Something that happened at a collector's port besides requests.
 *
 * @param kind what happened
 * @param connection the client's port
 * @param atNanos when, by {@link System#nanoTime}
 * @param detail more words for people, may be empty
 * @since 0.1.0
 */
public record CollectorEvent(Kind kind, int connection, long atNanos, String detail) {

  /** What can happen. */
  public enum Kind {
    /** A connection was opened. */
    OPENED,
    /** A connection ended, from either side. */
    ENDED,
    /** The first bytes on a plain port are a TLS handshake; the connection was closed. */
    TLS_ON_PLAIN_PORT,
    /** The first bytes on a TLS port are no TLS handshake; the connection was closed. */
    PLAIN_ON_TLS_PORT,
    /** A TLS handshake failed; the detail says why. */
    HANDSHAKE_FAILED,
    /** A connection began HTTP/2 with its preface; it was closed. */
    HTTP2_PREFACE,
    /** Bytes that are no HTTP/1.1 request; answered with 400 and closed. */
    MALFORMED,
    /** A head or body above the limit; answered with 431 or 413 and closed. */
    TOO_LARGE,
    /** There were too many connections; this one was closed. */
    TOO_MANY_CONNECTIONS
  }
}
