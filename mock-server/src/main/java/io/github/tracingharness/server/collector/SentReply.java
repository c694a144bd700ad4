package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply in the form in which it goes over the wire. */
final class SentReply {

  private static final int NO_CONTENT = 204;
  private static final int RECORDED_BYTES = 64 * 1024;

  private final int status;
  private final List<Header> headers;
  private final ReplyBytes body;
  private final boolean hasBody;
  private final Manner manner;

  private SentReply(
      int status, List<Header> headers, ReplyBytes body, boolean hasBody, Manner manner) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.hasBody = hasBody;
    this.manner = manner;
  }

  static SentReply of(CollectorAnswer.Reply reply, Manner manner, RequestHead request) {
    ReplyBytes plain = ReplyBytes.of(reply.body(), request.isJson());
    ReplyBytes body = manner.gzip() ? plain.compressed() : plain;
    List<Header> headers = new ArrayList<>(reply.headers());
    @Nullable String type = body.contentType();
    if (type != null && Header.first(headers, "Content-Type").isEmpty()) {
      headers.add(new Header("Content-Type", type));
    }
    if (manner.gzip()) {
      headers.add(new Header("Content-Encoding", "gzip"));
    }
    if (manner.chunked()) {
      headers.add(new Header("Transfer-Encoding", "chunked"));
    } else if (reply.status() != NO_CONTENT) {
      headers.add(new Header("Content-Length", Long.toString(body.length())));
    }
    boolean closes = manner.end() == Manner.End.CLOSED_AS_ANNOUNCED
        || (manner.end() == Manner.End.KEPT && !request.keepsAlive());
    headers.add(new Header("Connection", closes ? "close" : "keep-alive"));
    boolean hasBody = reply.status() != NO_CONTENT && !request.method().equals("HEAD");
    return new SentReply(reply.status(), headers, body, hasBody, manner);
  }

  List<Header> headers() {
    return headers;
  }

  byte[] bodyForTheRecord() {
    return hasBody ? body.first(RECORDED_BYTES) : new byte[0];
  }

  /**
   * Sends all.
   *
   * @param beforeTheLastByte what has to be done before the client can have the whole answer
   * @return false if the client left in a pause
   */
  boolean send(Wire wire, Runnable beforeTheLastByte) throws IOException {
    wire.out().write(head().getBytes(StandardCharsets.ISO_8859_1));
    if (hasBody && manner.interval() != null) {
      wire.out().flush();
      if (!drip(wire, manner.interval().toNanos())) {
        return false;
      }
    } else if (hasBody) {
      body.writeTo(wire.out());
    }
    beforeTheLastByte.run();
    wire.out().flush();
    return true;
  }

  void sendHalf(Wire wire) throws IOException {
    wire.write(head());
    wire.out().write(body.first((int) (body.length() / 2)));
    wire.out().flush();
  }

  /** Sends byte by byte; the last one is left to a flush. */
  private boolean drip(Wire wire, long interval) throws IOException {
    for (byte next : body.first((int) Math.min(body.length(), Integer.MAX_VALUE))) {
      wire.out().flush();
      if (!wire.pause(interval)) {
        return false;
      }
      wire.out()
          .write(
              manner.chunked()
                  ? new byte[] {'1', '\r', '\n', next, '\r', '\n'}
                  : new byte[] {next});
    }
    if (manner.chunked()) {
      wire.out().flush();
      wire.out().write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    return true;
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(status).append(' ').append(ReasonPhrase.of(status));
    head.append("\r\n");
    headers.forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    return head.append("\r\n").toString();
  }
}
