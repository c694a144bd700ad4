package io.github.tracingharness.server.wiremock;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Collects what goes over the wire for one exchange. Jetty tells of one exchange from one thread at
 * a time.
 */
final class WireExchange {

  private final Exchange exchange;
  private final ByteArrayOutputStream requestBody = new ByteArrayOutputStream();
  private final ByteArrayOutputStream responseBody = new ByteArrayOutputStream();
  private byte[] decidedBody = {};
  private int status;
  private List<Header> responseHeaders = List.of();

  WireExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Keeps a piece of the request's body; false if the body has become too large. */
  synchronized boolean requestContent(ByteBuffer content) {
    if (requestBody.size() + (long) content.remaining() > WireMockFront.MAX_BODY_BYTES) {
      return false;
    }
    append(content, requestBody);
    return true;
  }

  /** The body as far as it was read, still compressed. */
  synchronized byte[] receivedBody() {
    return requestBody.toByteArray();
  }

  /** Keeps the body that the answer is to have. */
  synchronized void decided(byte[] body) {
    decidedBody = body;
  }

  void answering(int plannedStatus, List<Header> plannedHeaders) {
    exchange.answering(announced(plannedStatus, plannedHeaders));
  }

  private synchronized Outcome announced(int plannedStatus, List<Header> plannedHeaders) {
    return new Outcome(
        requestBody.toByteArray(),
        plannedStatus,
        plannedHeaders,
        plannedStatus == 0 ? new byte[0] : decidedBody,
        System.nanoTime());
  }

  synchronized void responseContent(ByteBuffer content) {
    append(content, responseBody);
  }

  synchronized void committed(int sentStatus, List<Header> sentHeaders) {
    status = sentStatus;
    responseHeaders = sentHeaders;
  }

  void finish() {
    exchange.finished(outcome());
  }

  private synchronized Outcome outcome() {
    return new Outcome(
        requestBody.toByteArray(),
        status,
        responseHeaders,
        responseBody.toByteArray(),
        System.nanoTime());
  }

  private static void append(ByteBuffer content, ByteArrayOutputStream to) {
    ByteBuffer view = content.slice();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    to.writeBytes(bytes);
  }
}
