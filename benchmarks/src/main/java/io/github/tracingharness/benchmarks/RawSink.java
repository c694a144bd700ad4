package io.github.tracingharness.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The least that an HTTP client takes for a tracking server: reads a request to its last byte,
 * throws it away and answers from memory. One thread per connection, connections are kept.
 */
public final class RawSink implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final int BACKLOG = 1024;
  private static final byte[] SPANS = answer("application/x-protobuf", "");
  private static final byte[] VERSION = answer("text/html", "3.17.2");
  private static final byte[] TRACE = answer("application/json", InstantServer.TRACE_JSON);

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder traces = new LongAdder();
  private final LongAdder spanRequests = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Starts a sink on a free port of the loopback address. */
  public RawSink() {
    try {
      listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback address is free", e);
    }
    start(this::accept, "sink");
  }

  /** Returns the address to send to. */
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Returns how many trace infos came. */
  public long traces() {
    return traces.sum();
  }

  /** Returns how many requests with spans came. */
  public long spanRequests() {
    return spanRequests.sum();
  }

  /** Returns how many bytes the bodies had. */
  public long bytes() {
    return bytes.sum();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        start(() -> serve(socket), "sink-connection");
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        OutputStream out = socket.getOutputStream()) {
      while (true) {
        String target = line(in);
        long length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
          }
        }
        in.skipNBytes(length);
        bytes.add(length);
        out.write(answerTo(target));
      }
    } catch (IOException e) {
      // The client has gone.
    } finally {
      open.remove(socket);
    }
  }

  private byte[] answerTo(String target) {
    if (target.contains("/v1/traces")) {
      spanRequests.increment();
      return SPANS;
    }
    if (target.contains("/version")) {
      return VERSION;
    }
    // Python asks for the experiment of each trace; what the answer says does not matter to it.
    if (target.contains("/mlflow/traces")) {
      traces.increment();
    }
    return TRACE;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(96);
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }

  private static byte[] answer(String contentType, String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: "
            + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
