package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that a collector took, and what became of it. Times are {@link System#nanoTime}; 0
 * means that it did not happen (yet).
 *
 * @param number order of arrival at this collector, from 1
 * @param connection the client's port: the same number is the same connection
 * @param arrivedNanos when the head had arrived
 * @param answeredNanos when the last byte of the answer is handed to the network, or the connection
 *     was broken as the script wanted
 * @param gaveUpNanos when the client closed or reset the connection before it had the answer
 * @param inFlight how many requests were being handled when it arrived, itself included
 * @param method the method
 * @param target the request target, byte for byte (ISO 8859-1)
 * @param headers the header lines in their order and spelling, trailers after them
 * @param framing how the end of the body was said
 * @param complete whether the whole body arrived
 * @param body the body without its framing, still compressed; as far as it arrived
 * @param status the status of the answer; 0 if no whole answer was sent
 * @param answerHeaders the header lines of the answer, empty without one
 * @param answerBody the body of the answer as sent without framing, its first 64 KiB at most
 * @param tls what was agreed in the TLS handshake, or null on a plain connection
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
public record CollectedCall(
    long number,
    int connection,
    long arrivedNanos,
    long answeredNanos,
    long gaveUpNanos,
    int inFlight,
    String method,
    String target,
    List<Header> headers,
    BodyFraming framing,
    boolean complete,
    byte[] body,
    int status,
    List<Header> answerHeaders,
    byte[] answerBody,
    @Nullable TlsSession tls) {

  /** Keeps copies of the lists. */
  public CollectedCall {
    headers = List.copyOf(headers);
    answerHeaders = List.copyOf(answerHeaders);
  }

  /**
   * Finds the first request header of a name, without regard to case.
   *
   * @param name the name
   * @return its value, or empty
   */
  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  /** Says whether the exchange is over: answered, broken, or given up by the client. */
  boolean over() {
    return answeredNanos != 0 || gaveUpNanos != 0;
  }

  @Override
  public String toString() {
    String end = gaveUpNanos != 0
        ? "given up by the client after " + millis(gaveUpNanos) + " ms"
        : answeredNanos == 0
            ? "not answered"
            : status == 0
                ? "connection broken after " + millis(answeredNanos) + " ms"
                : status + " after " + millis(answeredNanos) + " ms";
    return "%d. %s %s, %d bytes%s, connection %d: %s"
        .formatted(
            number, method, target, body.length, complete ? "" : " (cut off)", connection, end);
  }

  private long millis(long until) {
    return (until - arrivedNanos) / 1_000_000;
  }
}
