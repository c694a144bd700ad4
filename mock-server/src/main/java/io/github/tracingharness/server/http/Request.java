package io.github.tracingharness.server.http;

import io.github.tracingharness.server.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A complete request inside one space.
 *
 * @param method the HTTP method
 * @param path the escaped path without the prefix of the space
 * @param query the escaped query without {@code ?}, or the empty string
 * @param headers the headers in order
 * @param body the body, chunk framing removed
 * @param partly which spans of it are to be rejected, or null for none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
public record Request(
    String method,
    String path,
    String query,
    List<Header> headers,
    byte[] body,
    @Nullable PartialSuccess partly) {

  /**
   * A request that is to be handled as a whole.
   *
   * @param method the HTTP method
   * @param path the escaped path without the prefix of the space
   * @param query the escaped query without {@code ?}, or the empty string
   * @param headers the headers in order
   * @param body the body, chunk framing removed
   */
  public Request(String method, String path, String query, List<Header> headers, byte[] body) {
    this(method, path, query, headers, body, null);
  }

  /**
   * How much of an OTLP request is to be rejected.
   *
   * @param rejected how many of its spans, the first ones
   * @param message why
   */
  public record PartialSuccess(int rejected, String message) {}

  /**
   * The same request, handled in part.
   *
   * @param part which spans of it are to be rejected
   * @return the new request
   */
  public Request handledInPart(PartialSuccess part) {
    return new Request(method, path, query, headers, body, part);
  }

  /**
   * Finds the first header of a name, without regard to case.
   *
   * @param name the header's name
   * @return its value, or empty
   */
  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  /**
   * Reads the query.
   *
   * @return its parameters, unescaped
   */
  public Query parameters() {
    return Query.parse(query);
  }

  /**
   * Tells whether the body came in chunks. The real server's JSON API takes such a body for empty.
   *
   * @return true if the body had no announced length
   */
  public boolean chunked() {
    return header("Transfer-Encoding").isPresent();
  }
}
