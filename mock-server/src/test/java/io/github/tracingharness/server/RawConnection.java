package io.github.tracingharness.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which a test sends and reads bytes as it wants. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final Socket socket;

  RawConnection(URI server) throws IOException {
    this(new Socket(server.getHost(), server.getPort()));
  }

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  RawConnection get(TrackingSpace space, String path) throws IOException {
    return send("GET " + space.trackingUri().getPath() + path + " HTTP/1.1\r\nHost: localhost"
        + END_OF_HEAD);
  }

  /** Sends the head of a request with a body of so many bytes. */
  RawConnection head(TrackingSpace space, String path, int bodyBytes) throws IOException {
    return send("POST " + space.trackingUri().getPath() + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + bodyBytes + END_OF_HEAD);
  }

  RawConnection startTrace(TrackingSpace space, String traceId) throws IOException {
    String body = TestClient.startTraceBody(traceId, 1);
    return head(space, TestClient.START, body.length()).send(body);
  }

  /** Reads to the end of the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Reads a head, its empty line included, in lower case. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end came within the head: " + head);
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  static int contentLength(String head) {
    return Integer.parseInt(head.split("content-length: ", 2)[1].split("\r\n", 2)[0]);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
