package io.github.tracingharness.server.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends and reads bytes as the test wants. */
final class RawClient implements AutoCloseable {

  static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;

  RawClient(OtlpCollector collector) throws IOException {
    this(new Socket(collector.address().getAddress(), collector.address().getPort()));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a request in protobuf with this body. */
  RawClient post(String body) throws IOException {
    return post("application/x-protobuf", body);
  }

  RawClient post(String contentType, String body) throws IOException {
    return send(
        "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(contentType, body.length(), body));
  }

  /** Reads a head and, if it has a Content-Length, the body after it. */
  String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) byteOrEnd());
    }
    String[] parts = head.toString().split("(?i)content-length: ", 2);
    int length = parts.length == 1 ? 0 : Integer.parseInt(parts[1].split("\r\n", 2)[0]);
    return head
        + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  private int byteOrEnd() throws IOException {
    int next = socket.getInputStream().read();
    if (next < 0) {
      throw new IOException("the end came within a head");
    }
    return next;
  }

  /** Reads to the end of the connection. */
  byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      rest.write(next);
    }
    return rest.toByteArray();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
