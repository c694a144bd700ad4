package io.github.tracingharness.server.collector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The bytes of one connection. For the connection's thread alone, {@link #shutDown} excepted.
 *
 * <p>While an answer waits, {@link #pause} reads ahead: only who reads learns at once that the
 * client has left.
 */
final class Wire {

  /** Pauses for others than the clock look so often. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final Socket plain;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private volatile boolean shutDown;

  Wire(Socket socket) throws IOException {
    this.plain = socket;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = new HeldBackOutput(socket.getOutputStream());
    socket.setTcpNoDelay(true);
  }

  /** Goes on in TLS, as the server; what was read ahead belongs to the handshake. */
  SSLSocket startTls(SSLSocketFactory factory) throws IOException {
    byte[] ahead = Arrays.copyOfRange(buffer, position, limit);
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, new ByteArrayInputStream(ahead), true);
    position = 0;
    limit = 0;
    socket = tls;
    in = tls.getInputStream();
    out = new HeldBackOutput(tls.getOutputStream());
    return tls;
  }

  int clientPort() {
    return plain.getPort();
  }

  OutputStream out() {
    return out;
  }

  /** Sends ASCII text at once. */
  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Returns the next byte without taking it, or -1 at the end. */
  int peek() throws IOException {
    return position < limit || fill() ? buffer[position] & 0xff : -1;
  }

  int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  /** Copies so many bytes; false if the client ended before. */
  boolean copy(long length, ByteArrayOutputStream to) throws IOException {
    long left = length;
    while (left > 0) {
      if (position == limit && !fill()) {
        return false;
      }
      int part = (int) Math.min(left, limit - position);
      to.write(buffer, position, part);
      position += part;
      left -= part;
    }
    return true;
  }

  /**
   * Waits until a condition holds or so much time is over.
   *
   * @return false if the client left before
   */
  boolean pause(BooleanSupplier over, long nanos) {
    return pause(over, nanos, LOOK_NANOS);
  }

  /** Waits so long; false if the client left before. */
  boolean pause(long nanos) {
    return pause(() -> false, nanos, Long.MAX_VALUE);
  }

  private boolean pause(BooleanSupplier over, long nanos, long lookNanos) {
    long start = System.nanoTime();
    while (!over.getAsBoolean()) {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return true;
      }
      if (!readAhead(Math.min(left, lookNanos))) {
        return false;
      }
    }
    return true;
  }

  /** Reads for so long at most what may come; false at the end of the connection. */
  private boolean readAhead(long nanos) {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == buffer.length) {
      LockSupport.parkNanos(Math.min(nanos, LOOK_NANOS));
      return true;
    }
    try {
      long millis = Math.min(TimeUnit.NANOSECONDS.toMillis(nanos + 999_999), Integer.MAX_VALUE);
      socket.setSoTimeout((int) Math.max(millis, 1));
      int count = in.read(buffer, limit, buffer.length - limit);
      if (count < 0) {
        return false;
      }
      limit += count;
      return true;
    } catch (SocketTimeoutException nothingCame) {
      return true;
    } catch (IOException clientLeft) {
      return false;
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    socket.setSoTimeout(0);
    int count = in.read(buffer, 0, buffer.length);
    limit = Math.max(count, 0);
    return count > 0;
  }

  /** Says whether the end of the connection came from {@link #shutDown}. */
  boolean isShutDown() {
    return shutDown;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
  }

  /** Ends the connection in order. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      closePlain();
    }
  }

  /** Ends the connection from another thread, whatever it is doing. */
  void shutDown() {
    shutDown = true;
    closePlain();
  }

  private void closePlain() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
