package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import java.io.Serial;

/** Bytes that cannot be taken as a request. */
final class BadRequestException extends Exception {

  @Serial
  private static final long serialVersionUID = 1;

  /** Stands for closing the connection without a word. */
  static final int NO_ANSWER = 0;

  private final Kind kind;
  private final int status;

  private BadRequestException(Kind kind, int status, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  static BadRequestException malformed(String message) {
    return new BadRequestException(Kind.MALFORMED, 400, message);
  }

  static BadRequestException http2() {
    return new BadRequestException(Kind.HTTP2_PREFACE, NO_ANSWER, "the preface of HTTP/2");
  }

  static BadRequestException headTooLarge(int limit) {
    return new BadRequestException(Kind.TOO_LARGE, 431, "a head of more than " + limit + " bytes");
  }

  static BadRequestException bodyTooLarge(long limit) {
    return new BadRequestException(Kind.TOO_LARGE, 413, "a body of more than " + limit + " bytes");
  }

  Kind kind() {
    return kind;
  }

  int status() {
    return status;
  }
}
