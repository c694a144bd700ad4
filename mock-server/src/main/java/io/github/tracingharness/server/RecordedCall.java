package io.github.tracingharness.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One finished exchange: what a client sent and what it was answered, byte for byte.
 *
 * <p>Times are of {@link System#nanoTime()} and so comparable within this process only. The arrays
 * are not copied: treat them as read-only.
 *
 * @param number counts the arrivals in one space, from 1
 * @param endpoint what was asked
 * @param method the HTTP method
 * @param path the path as sent, still escaped, without the prefix of the space
 * @param query the query as sent without {@code ?}, or the empty string
 * @param headers the request's headers in order
 * @param body the request's body as sent (still compressed, chunk framing removed); what had
 *     arrived, if the client gave up
 * @param status the status sent, or 0 if no complete status line went out (connection reset or
 *     closed before it)
 * @param responseHeaders the headers sent
 * @param responseBody the body bytes handed to the connection
 * @param connection the client's port: calls with the same port used the same connection
 * @param arrivedNanos when the request's headers were read
 * @param answeredNanos when the last byte of the answer was handed over, or the connection was
 *     given up
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
public record RecordedCall(
    long number,
    Endpoint endpoint,
    String method,
    String path,
    String query,
    List<Header> headers,
    byte[] body,
    int status,
    List<Header> responseHeaders,
    byte[] responseBody,
    int connection,
    long arrivedNanos,
    long answeredNanos) {

  /** Copies the lists. */
  public RecordedCall {
    headers = List.copyOf(headers);
    responseHeaders = List.copyOf(responseHeaders);
  }

  /**
   * Finds the first request header of a name, without regard to case.
   *
   * @param name the header's name
   * @return its value, or empty
   */
  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  /**
   * Reads the request's body as UTF-8.
   *
   * @return the text; malformed bytes become U+FFFD
   */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Reads the answer's body as UTF-8.
   *
   * @return the text; malformed bytes become U+FFFD
   */
  public String responseText() {
    return new String(responseBody, StandardCharsets.UTF_8);
  }

  /**
   * Names the call in one line: number, method, path, status. Neither headers nor bodies, so
   * nothing secret.
   */
  @Override
  public String toString() {
    return "#" + number + " " + method + " " + path + (query.isEmpty() ? "" : "?" + query) + " -> "
        + (status == 0 ? "no answer" : Integer.toString(status));
  }
}
