package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.HeldAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How an {@link OtlpCollector} answers one request. Values without state, {@link HeldAnswer}
 * excepted; they may be used in many scripts.
 *
 * <p>A whole answer is a {@link Reply}; the other kinds change how an answer is sent, or send none.
 * They can be nested; where two say the same thing, the inner one counts.
 *
 * @since 0.1.0
 */
public sealed interface CollectorAnswer {

  /**
   * A status, headers and a body.
   *
   * @param status the HTTP status, 200 to 599
   * @param headers the headers besides Content-Type, Content-Length, Content-Encoding and
   *     Transfer-Encoding; a Content-Type here replaces the one of the body
   * @param body the body
   */
  record Reply(int status, List<Header> headers, ReplyBody body) implements CollectorAnswer {

    /** Refuses statuses that end no exchange. */
    public Reply {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
      }
      headers = List.copyOf(headers);
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * A status without a body, with a Retry-After date that is reckoned when the answer is sent.
   *
   * @param status the HTTP status
   * @param fromNow how far in the future the date is
   */
  record RetryAfterDate(int status, Duration fromNow) implements CollectorAnswer {}

  /**
   * The body of the answer is compressed with gzip.
   *
   * @param answer the answer
   * @param onlyIfAccepted whether only clients get it compressed that sent Accept-Encoding: gzip
   */
  record Gzipped(CollectorAnswer answer, boolean onlyIfAccepted) implements CollectorAnswer {}

  /**
   * The body of the answer is sent byte by byte.
   *
   * @param answer the answer
   * @param interval the pause before each byte; positive
   * @param chunked whether each byte is a chunk of its own; else a Content-Length is sent
   */
  record Dripping(CollectorAnswer answer, Duration interval, boolean chunked)
      implements CollectorAnswer {

    /** Refuses intervals that are not positive. */
    public Dripping {
      positive(interval, "interval");
    }
  }

  /**
   * The answer comes later.
   *
   * @param delay how long after the last byte of the request; positive
   * @param answer the answer
   */
  record Delayed(Duration delay, CollectorAnswer answer) implements CollectorAnswer {

    /** Refuses delays that are not positive. */
    public Delayed {
      positive(delay, "delay");
    }
  }

  /**
   * The answer comes when it is let go.
   *
   * @param gate what lets it go
   * @param answer the answer
   */
  record Held(HeldAnswer gate, CollectorAnswer answer) implements CollectorAnswer {}

  /**
   * The connection is closed after the answer.
   *
   * @param answer the answer
   * @param announced whether the answer says Connection: close; otherwise keep-alive
   */
  record ClosingAfter(CollectorAnswer answer, boolean announced) implements CollectorAnswer {}

  /** The request is taken and never answered. */
  record Silent() implements CollectorAnswer {}

  /**
   * The connection ends without a whole answer.
   *
   * @param how what the client sees
   */
  record Broken(Breakage how) implements CollectorAnswer {}

  /** The ways in which a connection ends without a whole answer. */
  enum Breakage {
    /** TCP reset before the first byte. */
    RESET,
    /** Orderly close before the first byte. */
    CLOSE,
    /** A status line with 200 and half a header line, then orderly close. */
    HALF_HEAD,
    /**
     * Status 200 and a body with half of the bytes that Content-Length says, then orderly close.
     */
    SHORT_BODY
  }

  /**
   * Status 200 with an empty ExportTraceServiceResponse in the encoding of the request.
   *
   * @return the answer
   */
  static CollectorAnswer accept() {
    return new Reply(200, List.of(), new ReplyBody.InRequestEncoding(new byte[0], "{}"));
  }

  /**
   * A status without a body.
   *
   * @param status the HTTP status, 200 to 599
   * @param headers the headers
   * @return the answer
   */
  static CollectorAnswer status(int status, Header... headers) {
    return new Reply(status, List.of(headers), ReplyBody.EMPTY);
  }

  /**
   * A status with a body.
   *
   * @param status the HTTP status, 200 to 599
   * @param headers the headers, Content-Type among them if the body needs one
   * @param body the body
   * @return the answer
   */
  static CollectorAnswer status(int status, List<Header> headers, byte[] body) {
    return new Reply(status, headers, new ReplyBody.Bytes(body.clone()));
  }

  /**
   * A status whose body is a google.rpc.Status with a message, in the encoding of the request.
   *
   * @param status the HTTP status, 200 to 599
   * @param message the message
   * @return the answer
   */
  static CollectorAnswer statusMessage(int status, String message) {
    return new Reply(status, List.of(), OtlpBodies.status(message));
  }

  /**
   * A status with Retry-After.
   *
   * @param status the HTTP status, usually 429 or 503
   * @param value the value of the header as it is sent
   * @return the answer
   */
  static CollectorAnswer retryAfter(int status, String value) {
    return status(status, new Header("Retry-After", value));
  }

  /**
   * A status with Retry-After as a date, counted from the moment of the answer.
   *
   * @param status the HTTP status, usually 429 or 503
   * @param fromNow how far in the future the date is; it is cut to whole seconds
   * @return the answer
   */
  static CollectorAnswer retryAfterDate(int status, Duration fromNow) {
    return new RetryAfterDate(status, fromNow);
  }

  /**
   * Status 200 with this body.
   *
   * @param contentType the Content-Type
   * @param body the body
   * @return the answer
   */
  static CollectorAnswer body(String contentType, byte[] body) {
    return status(200, List.of(new Header("Content-Type", contentType)), body);
  }

  /**
   * Status 200 with a body in the encoding of the request.
   *
   * @param protobuf the body for requests in protobuf
   * @param json the body for requests in JSON
   * @return the answer
   */
  static CollectorAnswer encoded(byte[] protobuf, String json) {
    return new Reply(200, List.of(), new ReplyBody.InRequestEncoding(protobuf.clone(), json));
  }

  /**
   * Status 200 with a partial success in the encoding of the request; rejectedSpans is a string in
   * JSON.
   *
   * @param rejected the rejected spans; not negative
   * @param message the error message, may be empty
   * @return the answer
   */
  static CollectorAnswer partialSuccess(long rejected, String message) {
    return new Reply(200, List.of(), OtlpBodies.partialSuccess(rejected, message));
  }

  /**
   * An answer compressed with gzip, whether or not the client asked for it.
   *
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer gzipped(CollectorAnswer answer) {
    return new Gzipped(answer, false);
  }

  /**
   * An answer compressed with gzip for clients that sent Accept-Encoding: gzip.
   *
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer gzippedIfAccepted(CollectorAnswer answer) {
    return new Gzipped(answer, true);
  }

  /**
   * Status 200 with a valid response of a few bytes, each in a chunk of its own.
   *
   * @param interval the pause before each byte
   * @return the answer
   */
  static CollectorAnswer chunkedDripping(Duration interval) {
    return new Dripping(padded(200, ReplyBody.Padded.SMALLEST), interval, true);
  }

  /**
   * Status 200 with a valid response whose bytes come one by one, Content-Length at the start.
   *
   * @param total how long the body takes
   * @param interval the pause before each byte; at least eight fit into the total
   * @return the answer
   */
  static CollectorAnswer dripping(Duration total, Duration interval) {
    return new Dripping(padded(200, total.dividedBy(interval)), interval, false);
  }

  /**
   * An answer that comes later.
   *
   * @param delay how long after the last byte of the request
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer delayed(Duration delay, CollectorAnswer answer) {
    return new Delayed(delay, answer);
  }

  /**
   * Acceptance when it is let go.
   *
   * @param gate what lets it go, from {@link io.github.tracingharness.server.Fault#hold()}
   * @return the answer
   */
  static CollectorAnswer held(HeldAnswer gate) {
    return held(gate, accept());
  }

  /**
   * An answer when it is let go.
   *
   * @param gate what lets it go, from {@link io.github.tracingharness.server.Fault#hold()}
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer held(HeldAnswer gate, CollectorAnswer answer) {
    return new Held(gate, answer);
  }

  /**
   * No answer; the connection stays open until the client or the collector closes it.
   *
   * @return the answer
   */
  static CollectorAnswer silent() {
    return new Silent();
  }

  /**
   * A TCP reset before the first byte.
   *
   * @return the answer
   */
  static CollectorAnswer reset() {
    return new Broken(Breakage.RESET);
  }

  /**
   * An orderly close before the first byte.
   *
   * @return the answer
   */
  static CollectorAnswer close() {
    return new Broken(Breakage.CLOSE);
  }

  /**
   * A status line with 200 and half a header line, then an orderly close.
   *
   * @return the answer
   */
  static CollectorAnswer halfHead() {
    return new Broken(Breakage.HALF_HEAD);
  }

  /**
   * Status 200 and half of the bytes that Content-Length says, then an orderly close.
   *
   * @return the answer
   */
  static CollectorAnswer shortBody() {
    return new Broken(Breakage.SHORT_BODY);
  }

  /**
   * An answer after which the connection is closed, although keep-alive was announced.
   *
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer closeAfter(CollectorAnswer answer) {
    return new ClosingAfter(answer, false);
  }

  /**
   * An answer that announces Connection: close, and the close.
   *
   * @param answer the answer
   * @return the answer
   */
  static CollectorAnswer announcedCloseAfter(CollectorAnswer answer) {
    return new ClosingAfter(answer, true);
  }

  /**
   * A redirect.
   *
   * @param status the HTTP status, 301, 302, 303, 307 or 308
   * @param location the Location as it is sent
   * @return the answer
   */
  static CollectorAnswer redirect(int status, String location) {
    return status(status, new Header("Location", location));
  }

  /**
   * Status 200 with a valid response of this size, filled with what a client has to ignore.
   *
   * @param bytes the size of the body
   * @return the answer
   */
  static CollectorAnswer huge(long bytes) {
    return padded(200, bytes);
  }

  /**
   * A status with a body of this size.
   *
   * @param status the HTTP status, 200 to 599
   * @param bytes the size of the body
   * @return the answer
   */
  static CollectorAnswer huge(int status, long bytes) {
    return padded(status, bytes);
  }

  /**
   * Status 200 with a valid response of this size, of which a thousandth goes over the wire.
   *
   * @param bytes the size of the body after decompression
   * @return the answer
   */
  static CollectorAnswer gzipBomb(long bytes) {
    return gzipped(huge(bytes));
  }

  private static CollectorAnswer padded(int status, long bytes) {
    return new Reply(status, List.of(), new ReplyBody.Padded(bytes));
  }

  private static void positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, but is " + value);
    }
  }
}
