package io.github.tracingharness.server;

import java.time.Duration;
import java.util.Objects;

/**
 * What happens to a connection, whatever is asked on it: faults below HTTP, which a
 * {@link TcpFront} plays. They are steps of {@link TcpFront#onConnections}, and of no endpoint's
 * script.
 *
 * @since 0.1.0
 */
public sealed interface ConnectionFault extends Fault
    permits ConnectionFault.AcceptedLate,
        ConnectionFault.EndedAfterRequestBytes,
        ConnectionFault.EndedAfterAnswerBytes,
        ConnectionFault.TlsBrokenAfterHello {

  /** The ways in which a connection ends. */
  enum End {
    /** TCP reset. */
    RESET,
    /** Orderly close. */
    CLOSE
  }

  /**
   * The connection, and all that come after it, wait in the queue of the system: they count as
   * connected, and nobody reads what is sent. A client without a deadline for answers hangs.
   *
   * @param delay how long; not negative
   */
  record AcceptedLate(Duration delay) implements ConnectionFault {

    /** Refuses negative delays. */
    public AcceptedLate {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative, but is " + delay);
      }
    }
  }

  /**
   * The connection ends once the client has sent so many bytes, heads included. What came before
   * that has reached the server, which handles it if it is a whole request.
   *
   * @param bytes how many; 0 for the end at once, before anything is read
   * @param end how it ends
   */
  record EndedAfterRequestBytes(long bytes, End end) implements ConnectionFault {

    /** Refuses negative numbers. */
    public EndedAfterRequestBytes {
      requireCount(bytes);
      Objects.requireNonNull(end, "end");
    }
  }

  /**
   * The connection ends once the server has answered so many bytes, heads included: in the middle
   * of a head, a body, or a TLS handshake.
   *
   * @param bytes how many reach the client
   * @param end how it ends
   */
  record EndedAfterAnswerBytes(long bytes, End end) implements ConnectionFault {

    /** Refuses negative numbers. */
    public EndedAfterAnswerBytes {
      requireCount(bytes);
      Objects.requireNonNull(end, "end");
    }
  }

  /**
   * A client that begins a TLS handshake gets no proper answer to its hello. Connections that begin
   * with something else go on as without a fault.
   *
   * @param how what the client gets instead
   */
  record TlsBrokenAfterHello(TlsBreak how) implements ConnectionFault {

    /** Refuses null. */
    public TlsBrokenAfterHello {
      Objects.requireNonNull(how, "how");
    }
  }

  /** What a client gets instead of an answer to its TLS hello. */
  enum TlsBreak {
    /** TCP reset. */
    RESET,
    /** Orderly close. */
    CLOSE,
    /** A fatal alert, {@code handshake_failure}, then orderly close. */
    ALERT,
    /** A plain HTTP answer with status 400, then orderly close. */
    PLAIN_HTTP
  }

  /**
   * Accepts the connection late, and all behind it.
   *
   * @param delay how long; not negative
   * @return the fault
   */
  static ConnectionFault acceptedLate(Duration delay) {
    return new AcceptedLate(delay);
  }

  /**
   * Resets the connection once the client has sent so many bytes.
   *
   * @param bytes how many, heads included; 0 for a reset at once
   * @return the fault
   */
  static ConnectionFault resetAfterRequestBytes(long bytes) {
    return new EndedAfterRequestBytes(bytes, End.RESET);
  }

  /**
   * Closes the connection in order once the client has sent so many bytes.
   *
   * @param bytes how many, heads included; 0 for a close at once
   * @return the fault
   */
  static ConnectionFault closedAfterRequestBytes(long bytes) {
    return new EndedAfterRequestBytes(bytes, End.CLOSE);
  }

  /**
   * Resets the connection once the server has answered so many bytes.
   *
   * @param bytes how many reach the client, heads included
   * @return the fault
   */
  static ConnectionFault resetAfterAnswerBytes(long bytes) {
    return new EndedAfterAnswerBytes(bytes, End.RESET);
  }

  /**
   * Closes the connection in order once the server has answered so many bytes.
   *
   * @param bytes how many reach the client, heads included
   * @return the fault
   */
  static ConnectionFault closedAfterAnswerBytes(long bytes) {
    return new EndedAfterAnswerBytes(bytes, End.CLOSE);
  }

  /**
   * Breaks a TLS handshake.
   *
   * @param how what the client gets instead of an answer to its hello
   * @return the fault
   */
  static ConnectionFault tlsBroken(TlsBreak how) {
    return new TlsBrokenAfterHello(how);
  }

  private static void requireCount(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative, but is " + bytes);
    }
  }
}
