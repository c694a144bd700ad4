package io.github.tracingharness.server.http;

import io.github.tracingharness.server.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer to be sent.
 *
 * @param status the HTTP status
 * @param headers the headers; Content-Length is added by the front
 * @param body the body
 * @param wire what happens to the connection instead of, or after, this answer
 * @param beforeEachByte runs before each byte of the body if the wire drips; it may block
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
public record Reply(
    int status, List<Header> headers, byte[] body, Wire wire, Runnable beforeEachByte) {

  private static final List<Header> SECURITY_HEADERS = List.of(
      new Header("x-content-type-options", "nosniff"),
      new Header("x-frame-options", "SAMEORIGIN"),
      new Header("vary", "Origin"));

  private static final byte[] NOTHING = {};

  /** What the connection does with the reply. */
  public enum Wire {
    /** Sends it. */
    SEND,
    /** Resets the connection (RST) instead. */
    RESET,
    /** Closes the connection instead, without a byte. */
    CLOSE,
    /** Sends bytes that are not HTTP and closes. */
    GARBAGE,
    /** Sends a good head that announces a chunked body, then garbage, and closes. */
    GARBAGE_CHUNK,
    /** Sends a status line and half of a header line instead, and closes. */
    HALF_HEAD,
    /** Sends the head, Content-Length included, but only half of the body, and closes. */
    SHORT_BODY,
    /** Sends the body in chunks, without Content-Length. */
    CHUNKED,
    /** Sends the body byte by byte. */
    DRIP,
    /** Sends the body byte by byte, each a chunk of its own. */
    DRIP_CHUNKED;

    /** Whether there is a whole head, so that the front writes status, headers and body. */
    public boolean hasHead() {
      return this == SEND
          || this == SHORT_BODY
          || this == CHUNKED
          || this == DRIP
          || this == DRIP_CHUNKED;
    }
  }

  /** Copies the headers. */
  public Reply {
    headers = List.copyOf(headers);
  }

  /**
   * A complete answer without the headers that the real server always adds.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param body the body
   * @return the reply
   */
  public static Reply bare(int status, List<Header> headers, byte[] body) {
    return new Reply(status, headers, body, Wire.SEND, () -> {});
  }

  /**
   * An answer with a content type and the security headers of the real server.
   *
   * @param status the HTTP status
   * @param contentType the content type
   * @param body the body
   * @return the reply
   */
  public static Reply of(int status, String contentType, byte[] body) {
    List<Header> headers = new ArrayList<>(SECURITY_HEADERS);
    headers.add(0, new Header("content-type", contentType));
    return bare(status, headers, body);
  }

  /**
   * A text answer, see {@link #of(int, String, byte[])}.
   *
   * @param status the HTTP status
   * @param contentType the content type
   * @param body the body, sent as UTF-8
   * @return the reply
   */
  public static Reply text(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer with neither body nor content type.
   *
   * @param status the HTTP status
   * @return the reply
   */
  public static Reply empty(int status) {
    return bare(status, SECURITY_HEADERS, NOTHING);
  }

  /**
   * The same answer with one more header.
   *
   * @param name the header's name
   * @param value its value
   * @return the new reply
   */
  public Reply withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.removeIf(header -> header.name().equalsIgnoreCase(name));
    more.add(new Header(name, value));
    return new Reply(status, more, body, wire, beforeEachByte);
  }

  /**
   * The same answer with another body.
   *
   * @param other the body
   * @return the new reply
   */
  public Reply withBody(byte[] other) {
    return new Reply(status, headers, other, wire, beforeEachByte);
  }

  /**
   * The same answer with another fate.
   *
   * @param other what the connection does
   * @return the new reply
   */
  public Reply withWire(Wire other) {
    return new Reply(status, headers, body, other, beforeEachByte);
  }

  /**
   * The same answer, its body sent byte by byte.
   *
   * @param pause runs before each byte
   * @param chunked whether each byte is a chunk of its own
   * @return the new reply
   */
  public Reply dripping(Runnable pause, boolean chunked) {
    return new Reply(status, headers, body, chunked ? Wire.DRIP_CHUNKED : Wire.DRIP, pause);
  }
}
