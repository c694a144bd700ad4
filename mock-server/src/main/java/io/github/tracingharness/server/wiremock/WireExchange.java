package io.github.tracingharness.server.wiremock;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects what goes over the wire for one exchange. Jetty tells of one exchange from one thread at
 * a time.
 */
final class WireExchange {

  private static final byte[] NOTHING = {};

  private final RequestHead head;
  private final Exchange exchange;
  private final Body requestBody = new Body();
  private final Body responseBody = new Body();
  private @Nullable Reply reply;
  private byte[] decidedBody = NOTHING;
  private int status;
  private int pieces;
  private long answeringNanos;
  private @Nullable Outcome announced;
  private List<Header> responseHeaders = List.of();

  WireExchange(RequestHead head, Exchange exchange) {
    this.head = head;
    this.exchange = exchange;
  }

  RequestHead head() {
    return head;
  }

  /** The answer, decided when this is first asked. May block as long as it is to be held back. */
  Reply reply() {
    Reply decided = reply;
    if (decided == null) {
      decided = exchange.handle(receivedBody());
      decidedBody(decided.body());
      reply = decided;
    }
    return decided;
  }

  /** The answer if it was decided already: null if another stub answers. */
  @Nullable
  Reply decided() {
    return reply;
  }

  /** See {@link Exchange#resetAfterBodyBytes}. */
  OptionalLong resetAfterBodyBytes() {
    return exchange.resetAfterBodyBytes();
  }

  /** Keeps a piece of the request's body; false if the body has become too large. */
  synchronized boolean requestContent(ByteBuffer content) {
    if (requestBody.size() + (long) content.remaining() > WireMockFront.MAX_BODY_BYTES) {
      return false;
    }
    requestBody.append(content);
    return true;
  }

  /** The body as far as it was read, still compressed. */
  synchronized byte[] receivedBody() {
    return requestBody.toByteArray();
  }

  /** Keeps the body that the answer is to have. */
  private synchronized void decidedBody(byte[] body) {
    decidedBody = body;
  }

  void answering(int plannedStatus, List<Header> plannedHeaders) {
    exchange.answering(announced(plannedStatus, plannedHeaders));
  }

  private synchronized Outcome announced(int plannedStatus, List<Header> plannedHeaders) {
    answeringNanos = System.nanoTime();
    Outcome planned = new Outcome(
        requestBody.toByteArray(),
        plannedStatus,
        plannedHeaders,
        plannedStatus == 0 ? NOTHING : decidedBody,
        answeringNanos);
    announced = planned;
    return planned;
  }

  synchronized void responseContent(ByteBuffer content) {
    pieces++;
    responseBody.append(content);
  }

  synchronized void committed(int sentStatus, List<Header> sentHeaders) {
    status = sentStatus;
    responseHeaders = sentHeaders;
  }

  /**
   * Tells the end.
   *
   * @param serverStops whether it may have come before the thread that wrote the answer could say
   *     so; then an answer that was announced counts as sent
   */
  void finish(boolean serverStops) {
    exchange.finished(outcome(serverStops));
  }

  private synchronized Outcome outcome(boolean serverStops) {
    Outcome planned = announced;
    if (serverStops && status == 0 && planned != null) {
      return planned;
    }
    return new Outcome(
        requestBody.toByteArray(),
        status,
        responseHeaders,
        responseBody.toByteArray(),
        handedOverNanos());
  }

  /**
   * An answer in one piece is with the client from the moment in which it is written, and the
   * client may have asked again before this thread goes on.
   */
  private long handedOverNanos() {
    return status != 0 && pieces <= 1 && answeringNanos != 0 ? answeringNanos : System.nanoTime();
  }

  /** Bytes that come in pieces, most often in one. The arrays that it gives are never changed. */
  private static final class Body {

    private byte[] bytes = NOTHING;
    private @Nullable ByteArrayOutputStream pieces;

    void append(ByteBuffer content) {
      byte[] piece = new byte[content.remaining()];
      content.slice().get(piece);
      if (pieces == null && bytes.length == 0) {
        bytes = piece;
        return;
      }
      if (pieces == null) {
        pieces = new ByteArrayOutputStream(2 * (bytes.length + piece.length));
        pieces.writeBytes(bytes);
      }
      pieces.writeBytes(piece);
    }

    int size() {
      return pieces == null ? bytes.length : pieces.size();
    }

    byte[] toByteArray() {
      return pieces == null ? bytes : pieces.toByteArray();
    }
  }
}
