package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection to a server of this machine by HTTP/1.1. All is done on the caller's thread, which
 * may be interrupted; a request leaves in one piece. Of one thread at a time.
 */
final class LocalConnection implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;
  private static final int MAX_LINE_BYTES = 64 << 10;
  private static final int MAX_BODY_BYTES = 16 << 20;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private Duration limit = Duration.ZERO;
  private long end;
  private boolean reusable;

  LocalConnection(InetSocketAddress server) throws IOException {
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /** Tells whether the connection can take another request: it is open and nothing came unasked. */
  boolean isReusable() {
    if (!reusable || received.hasRemaining()) {
      return false;
    }
    try {
      return channel.read(received.clear().limit(1)) == 0;
    } catch (IOException broken) {
      return false;
    } finally {
      received.limit(received.position()).position(0);
    }
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws IOException if there is no complete answer within the limit of the call
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  HttpAnswer exchange(HttpCall call) throws IOException, InterruptedException {
    limit = call.timeout();
    end = System.nanoTime() + limit.toNanos();
    reusable = false;
    write(ByteBuffer.wrap(head(call)), ByteBuffer.wrap(call.body()));
    int status;
    Map<String, List<String>> headers;
    do {
      status = status(line());
      headers = headers();
    } while (status / 100 == 1);
    byte[] body = body(call.method(), status, headers);
    return new HttpAnswer(status, headers, body);
  }

  private static byte[] head(HttpCall call) {
    StringBuilder head = new StringBuilder(512).append(call.method()).append(' ');
    String path = call.uri().getRawPath();
    head.append(path.isEmpty() ? "/" : path);
    String query = call.uri().getRawQuery();
    if (query != null) {
      head.append('?').append(query);
    }
    head.append(" HTTP/1.1\r\nHost: ").append(call.uri().getRawAuthority()).append("\r\n");
    if (call.body().length > 0 || !call.method().equals("GET")) {
      head.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    for (Map.Entry<String, String> header : call.headers()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int status(String line) throws ProtocolException {
    if (line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      return Integer.parseInt(line.substring(9, 12));
    }
    throw new ProtocolException("the answer does not begin with the status line of HTTP/1.1");
  }

  private Map<String, List<String>> headers() throws IOException, InterruptedException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("a header of the answer has no name");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(String method, int status, Map<String, List<String>> headers)
      throws IOException, InterruptedException {
    boolean keep = !has(headers, "Connection", "close");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (method.equals("HEAD") || status == 204 || status == 304) {
      reusable = keep;
    } else if (has(headers, "Transfer-Encoding", "chunked")) {
      chunks(body);
      reusable = keep;
    } else if (headers.containsKey("Content-Length")) {
      take(number(headers.get("Content-Length").get(0), 10), body);
      reusable = keep;
    } else {
      do {
        take(received.remaining(), body);
      } while (fill());
    }
    return body.toByteArray();
  }

  private void chunks(ByteArrayOutputStream body) throws IOException, InterruptedException {
    while (true) {
      int bytes = number(line().split(";", 2)[0], 16);
      take(bytes, body);
      if (bytes == 0) {
        headers();
        return;
      }
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk of the answer is longer than it says");
      }
    }
  }

  private static boolean has(Map<String, List<String>> headers, String name, String value) {
    return headers.getOrDefault(name, List.of()).stream()
        .anyMatch(found -> found.toLowerCase(Locale.ROOT).contains(value));
  }

  private static int number(String text, int radix) throws ProtocolException {
    try {
      return Integer.parseUnsignedInt(text.strip(), radix);
    } catch (NumberFormatException e) {
      throw new ProtocolException("the answer has \"" + text.strip() + "\" for a length");
    }
  }

  private void take(int bytes, ByteArrayOutputStream to) throws IOException, InterruptedException {
    if (bytes < 0 || bytes > MAX_BODY_BYTES - to.size()) {
      throw new IOException("the answer has more than " + MAX_BODY_BYTES + " bytes");
    }
    for (int left = bytes; left > 0; ) {
      need();
      int some = Math.min(left, received.remaining());
      to.write(received.array(), received.position(), some);
      received.position(received.position() + some);
      left -= some;
    }
  }

  private String line() throws IOException, InterruptedException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (true) {
      need();
      byte next = received.get();
      if (next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException("the answer has a line of more than 64 KiB in its head");
      }
      line.write(next);
    }
  }

  private void need() throws IOException, InterruptedException {
    if (!received.hasRemaining() && !fill()) {
      throw new EOFException("the connection was closed before the answer was complete");
    }
  }

  /** Reads what there is, at least one byte; false at the end of the connection. */
  private boolean fill() throws IOException, InterruptedException {
    received.clear();
    int read = 0;
    try {
      while ((read = channel.read(received)) == 0) {
        await(SelectionKey.OP_READ);
      }
      return read > 0;
    } finally {
      received.flip();
    }
  }

  private void write(ByteBuffer... parts) throws IOException, InterruptedException {
    while (parts[parts.length - 1].hasRemaining() || parts[0].hasRemaining()) {
      if (channel.write(parts) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private void await(int operation) throws IOException, InterruptedException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new HttpTimeoutException("no complete answer within " + limit.toMillis() + " ms");
    }
    key.interestOps(operation);
    selector.select(ready -> {}, left / 1_000_000 + 1);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    try (channel;
        selector) {
      reusable = false;
    } catch (IOException ignored) {
      // Nothing is left to be done with it.
    }
  }
}
