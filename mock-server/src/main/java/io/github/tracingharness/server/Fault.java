package io.github.tracingharness.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What happens to one call instead of the plain real answer. The names say when it happens:
 * <em>instead of handling</em> leaves the server's state untouched, <em>before handling</em> only
 * waits, <em>while body arrives</em> is over before the server has the whole request, and all
 * others handle the call first and spoil its answer.
 *
 * <p>Faults are values without state, except {@link HeldAnswer} and {@link DrawnFault}; they may be
 * used in many scripts.
 *
 * @see TrackingSpace#on
 * @since 0.1.0
 */
public sealed interface Fault
    permits Fault.RealAnswer,
        Fault.StatusInsteadOfHandling,
        Fault.RedirectInsteadOfHandling,
        Fault.DisconnectInsteadOfHandling,
        Fault.ResetWhileBodyArrives,
        Fault.DelayBeforeHandling,
        Fault.SpansRejectedWhileHandling,
        Fault.AnswerSpoiledAfterHandling,
        Fault.AnswerDrippingAfterHandling,
        Fault.HandledThenFault,
        HeldAnswer,
        DrawnFault,
        ConnectionFault {

  /** No fault: the call is handled and answered. */
  record RealAnswer() implements Fault {}

  /**
   * An answer that the server's state knows nothing of.
   *
   * @param status the HTTP status, 200 to 599
   * @param headers the headers besides Content-Length
   * @param body the body
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
  record StatusInsteadOfHandling(int status, List<Header> headers, byte[] body) implements Fault {

    /** Refuses statuses that end no exchange. */
    public StatusInsteadOfHandling {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
      }
      headers = List.copyOf(headers);
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * A redirect, the server's state is untouched.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location the Location, without the path of the call if that is to be added
   * @param pathOfCall whether the path of the call within its space, and its query, are added
   */
  record RedirectInsteadOfHandling(int status, String location, boolean pathOfCall)
      implements Fault {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Refuses statuses that are no redirects, and line breaks in the location. */
    public RedirectInsteadOfHandling {
      if (!STATUSES.contains(status)) {
        throw new IllegalArgumentException(
            "the status of a redirect must be 301, 302, 303, 307 or 308, not " + status);
      }
      if (location.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new IllegalArgumentException(
            "the location of a redirect must be of visible ASCII characters, not " + location);
      }
    }
  }

  /**
   * The connection is reset before the server has accepted the body of the request; the state is
   * untouched. It comes before WireMock's stubs are asked, as there is no request yet that they
   * could match. Nothing can come before it, so no other fault holds one.
   *
   * @param afterBytes how many bytes of the body are read before, its end at the latest; 0 for none
   */
  record ResetWhileBodyArrives(long afterBytes) implements Fault {

    /** Refuses negative numbers. */
    public ResetWhileBodyArrives {
      if (afterBytes < 0) {
        throw new IllegalArgumentException("afterBytes must not be negative, but is " + afterBytes);
      }
    }
  }

  /**
   * An OTLP request is handled but for its first spans, and the answer is a partial success that
   * says so. Other calls are handled as if there were no fault.
   *
   * @param spans how many spans are rejected, all at the most; 0 for an answer that only warns
   * @param message why
   */
  record SpansRejectedWhileHandling(int spans, String message) implements Fault {

    /** Refuses negative numbers. */
    public SpansRejectedWhileHandling {
      if (spans < 0) {
        throw new IllegalArgumentException("spans must not be negative, but is " + spans);
      }
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * The connection ends without a usable answer, the server's state is untouched.
   *
   * @param how what the client sees
   */
  record DisconnectInsteadOfHandling(Disconnect how) implements Fault {}

  /** The ways in which a connection ends. */
  enum Disconnect {
    /** TCP reset before the first byte of an answer. */
    RESET_BEFORE_ANSWER,
    /** Orderly close before the first byte of an answer. */
    CLOSE_BEFORE_ANSWER,
    /** Bytes that are not HTTP, then close. */
    GARBAGE_INSTEAD_OF_ANSWER,
    /** A good head with status 200 that announces a chunked body, then garbage, then close. */
    GARBAGE_AFTER_HEAD,
    /** A status line with 200 and half of a header line, then orderly close. */
    HALF_HEAD_INSTEAD_OF_ANSWER
  }

  /**
   * Waits, then goes on.
   *
   * @param delay how long; not negative
   * @param next what happens then
   */
  record DelayBeforeHandling(Duration delay, Fault next) implements Fault {

    /** Refuses negative delays. */
    public DelayBeforeHandling {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative, but is " + delay);
      }
      DrawnFault.requireLate(next);
    }
  }

  /**
   * The call is handled, and its real answer is changed.
   *
   * @param how what is changed
   */
  record AnswerSpoiledAfterHandling(Spoiling how) implements Fault {}

  /** The ways in which a real answer is spoiled. Status and other headers stay as they were. */
  enum Spoiling {
    /** No body at all. */
    EMPTY_BODY,
    /**
     * Only the first half of the body, with a Content-Length that fits it; at least not the last
     * byte.
     */
    MALFORMED_BODY,
    /** The right body under {@code Content-Type: text/html}. */
    WRONG_CONTENT_TYPE,
    /** Half of the bytes that Content-Length announces, then orderly close. */
    SHORT_BODY,
    /** The right body in chunks, without Content-Length. */
    CHUNKED_BODY,
    /** The right body packed with gzip, whether the client accepts that or not. */
    GZIPPED_BODY
  }

  /**
   * The call is handled, and the body of its real answer comes byte by byte.
   *
   * @param interval the pause before each byte; positive
   * @param chunked whether each byte is a chunk of its own; else a Content-Length is sent
   */
  record AnswerDrippingAfterHandling(Duration interval, boolean chunked) implements Fault {

    /** Refuses intervals that are not positive. */
    public AnswerDrippingAfterHandling {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("interval must be positive, but is " + interval);
      }
    }
  }

  /**
   * The call is handled, its answer thrown away, and the fault played instead: what a client sees
   * when only the answer was lost.
   *
   * @param fault what the client gets; where that would handle the call, the answer thrown away is
   *     used
   */
  record HandledThenFault(Fault fault) implements Fault {

    /** Refuses faults that come before handling. */
    public HandledThenFault {
      DrawnFault.requireLate(fault);
    }
  }

  /**
   * The real answer, for use between faults.
   *
   * @return the fault that is none
   */
  static Fault real() {
    return new RealAnswer();
  }

  /**
   * Answers with a status and an MLflow error object, as a server or a proxy in front of it would.
   *
   * @param status the HTTP status, 200 to 599
   * @return the fault
   */
  static Fault status(int status) {
    String body = "{\"error_code\": \"" + errorCode(status)
        + "\", \"message\": \"injected fault: status " + status + "\"}";
    return status(status, body, new Header("content-type", "application/json"));
  }

  /**
   * Answers with a status, a body and headers.
   *
   * @param status the HTTP status, 200 to 599
   * @param body the body, sent as UTF-8
   * @param headers the headers, Content-Length excepted
   * @return the fault
   */
  static Fault status(int status, String body, Header... headers) {
    return new StatusInsteadOfHandling(
        status, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers with a status, body bytes and headers.
   *
   * @param status the HTTP status, 200 to 599
   * @param body the body
   * @param headers the headers, Content-Length excepted
   * @return the fault
   */
  static Fault status(int status, byte[] body, List<Header> headers) {
    return new StatusInsteadOfHandling(status, headers, body.clone());
  }

  /**
   * Answers with a status and {@code Retry-After} in seconds.
   *
   * @param status the HTTP status, usually 429 or 503
   * @param seconds the seconds to wait
   * @return the fault
   */
  static Fault retryAfter(int status, long seconds) {
    return withRetryAfter(status, Long.toString(seconds));
  }

  /**
   * Answers with a status and {@code Retry-After} as an HTTP date.
   *
   * @param status the HTTP status, usually 429 or 503
   * @param date the date to wait for; fractions of a second are cut
   * @return the fault
   */
  static Fault retryAfter(int status, ZonedDateTime date) {
    DateTimeFormatter httpDate =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    return withRetryAfter(status, httpDate.format(date.withZoneSameInstant(ZoneOffset.UTC)));
  }

  private static Fault withRetryAfter(int status, String value) {
    StatusInsteadOfHandling plain = (StatusInsteadOfHandling) status(status);
    return new StatusInsteadOfHandling(
        status, List.of(plain.headers().get(0), new Header("Retry-After", value)), plain.body());
  }

  /**
   * Waits, then gives the real answer. The wait is cut short when the space is closed.
   *
   * @param delay how long; not negative
   * @return the fault
   */
  static Fault delay(Duration delay) {
    return delay(delay, real());
  }

  /**
   * Waits, then plays another fault.
   *
   * @param delay how long; not negative
   * @param next what happens then
   * @return the fault
   */
  static Fault delay(Duration delay, Fault next) {
    return new DelayBeforeHandling(delay, next);
  }

  /**
   * Holds calls back until released, then gives the real answer.
   *
   * @return the handle that releases them
   */
  static HeldAnswer hold() {
    return hold(real());
  }

  /**
   * Holds calls back until released, then plays another fault.
   *
   * @param next what happens then
   * @return the handle that releases them
   */
  static HeldAnswer hold(Fault next) {
    return new HeldAnswer(next);
  }

  /**
   * Resets the connection before the first byte of an answer; nothing was handled.
   *
   * @return the fault
   */
  static Fault resetBeforeAnswer() {
    return new DisconnectInsteadOfHandling(Disconnect.RESET_BEFORE_ANSWER);
  }

  /**
   * Closes the connection before the first byte of an answer; nothing was handled.
   *
   * @return the fault
   */
  static Fault closeBeforeAnswer() {
    return new DisconnectInsteadOfHandling(Disconnect.CLOSE_BEFORE_ANSWER);
  }

  /**
   * Sends bytes that are not HTTP and closes; nothing was handled.
   *
   * @return the fault
   */
  static Fault garbageInsteadOfAnswer() {
    return new DisconnectInsteadOfHandling(Disconnect.GARBAGE_INSTEAD_OF_ANSWER);
  }

  /**
   * Sends a good head with status 200, then garbage, and closes; nothing was handled.
   *
   * @return the fault
   */
  static Fault garbageAfterHead() {
    return new DisconnectInsteadOfHandling(Disconnect.GARBAGE_AFTER_HEAD);
  }

  /**
   * Sends a status line with 200 and half of a header line, and closes; nothing was handled.
   *
   * @return the fault
   */
  static Fault halfHead() {
    return new DisconnectInsteadOfHandling(Disconnect.HALF_HEAD_INSTEAD_OF_ANSWER);
  }

  /**
   * Resets the connection while the body of the request is still on its way; nothing was handled.
   *
   * @param afterBytes how many bytes of the body are read before, its end at the latest; 0 for none
   * @return the fault
   */
  static Fault resetWhileBodyArrives(long afterBytes) {
    return new ResetWhileBodyArrives(afterBytes);
  }

  /**
   * Redirects to another path of the server that was asked; nothing was handled.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param path the Location as it is sent, beginning with {@code /}
   * @return the fault
   */
  static Fault redirectToPath(int status, String path) {
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("path must begin with one /, not be " + path);
    }
    return new RedirectInsteadOfHandling(status, path, false);
  }

  /**
   * Redirects to the same call of another server or space; nothing was handled.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param origin where to, such as the tracking URI of another space; the path of the call within
   *     its space and its query are added
   * @return the fault
   */
  static Fault redirectToOrigin(int status, URI origin) {
    if (!origin.isAbsolute() || origin.getHost() == null) {
      throw new IllegalArgumentException("origin must have a scheme and a host, not be " + origin);
    }
    String text = origin.toString();
    return new RedirectInsteadOfHandling(
        status, text.endsWith("/") ? text.substring(0, text.length() - 1) : text, true);
  }

  /**
   * Takes all spans of an OTLP request but the first ones, and says so.
   *
   * @param rejected how many spans are rejected, all at the most; 0 for an answer that only warns
   * @param message why
   * @return the fault
   */
  static Fault partialSuccess(int rejected, String message) {
    return new SpansRejectedWhileHandling(rejected, message);
  }

  /**
   * Handles the call and sends the real body byte by byte, under its Content-Length. The pauses end
   * when the space is closed.
   *
   * @param interval the pause before each byte; positive
   * @return the fault
   */
  static Fault drip(Duration interval) {
    return new AnswerDrippingAfterHandling(interval, false);
  }

  /**
   * Handles the call and sends the real body byte by byte, each a chunk of its own.
   *
   * @param interval the pause before each byte; positive
   * @return the fault
   */
  static Fault dripChunked(Duration interval) {
    return new AnswerDrippingAfterHandling(interval, true);
  }

  /**
   * Handles the call and sends half of the bytes that its Content-Length announces, then closes.
   *
   * @return the fault
   */
  static Fault shortBody() {
    return new AnswerSpoiledAfterHandling(Spoiling.SHORT_BODY);
  }

  /**
   * Handles the call and sends the real body in chunks.
   *
   * @return the fault
   */
  static Fault chunkedBody() {
    return new AnswerSpoiledAfterHandling(Spoiling.CHUNKED_BODY);
  }

  /**
   * Handles the call and sends the real body packed with gzip, whether the client accepts it or
   * not.
   *
   * @return the fault
   */
  static Fault gzippedBody() {
    return new AnswerSpoiledAfterHandling(Spoiling.GZIPPED_BODY);
  }

  /**
   * Draws for each call whether it meets a fault, and which.
   *
   * @param seed where the draws begin: the same seed gives the same draws in the same order
   * @param probability how likely a call meets a fault, more than 0, at most 1
   * @param faults out of which one is drawn, each as likely as any other
   * @return the source of faults, for one script
   */
  static DrawnFault drawn(long seed, double probability, Fault... faults) {
    return new DrawnFault(seed, probability, List.of(faults));
  }

  /**
   * Handles the call and sends the real answer without its body.
   *
   * @return the fault
   */
  static Fault emptyBody() {
    return new AnswerSpoiledAfterHandling(Spoiling.EMPTY_BODY);
  }

  /**
   * Handles the call and sends only the first half of the real body.
   *
   * @return the fault
   */
  static Fault malformedBody() {
    return new AnswerSpoiledAfterHandling(Spoiling.MALFORMED_BODY);
  }

  /**
   * Handles the call and sends the real answer as {@code text/html}.
   *
   * @return the fault
   */
  static Fault wrongContentType() {
    return new AnswerSpoiledAfterHandling(Spoiling.WRONG_CONTENT_TYPE);
  }

  /**
   * Handles the call, so that the state holds its effect, then plays another fault: the answer is
   * lost.
   *
   * @param fault what the client gets
   * @return the fault
   */
  static Fault handledThen(Fault fault) {
    return new HandledThenFault(fault);
  }

  private static String errorCode(int status) {
    return switch (status) {
      case 400 -> "BAD_REQUEST";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "REQUEST_LIMIT_EXCEEDED";
      case 501 -> "NOT_IMPLEMENTED";
      case 503 -> "TEMPORARILY_UNAVAILABLE";
      default -> "INTERNAL_ERROR";
    };
  }
}
