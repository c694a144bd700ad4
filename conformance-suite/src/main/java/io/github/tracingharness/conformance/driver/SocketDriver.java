package io.github.tracingharness.conformance.driver;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * A subject that somebody else started and that takes the lines of EDP/1 from a TCP connection: in
 * a debugger, a notebook or a browser. A connection is what a process is otherwise: its end is the
 * end of stdin.
 */
public final class SocketDriver extends LineDriver {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final long RETRY_NANOS = 50_000_000L;

  private final Socket socket;

  private SocketDriver(Socket socket, AnswerLines lines) throws IOException {
    super(socket.getOutputStream(), lines);
    this.socket = socket;
  }

  /**
   * Connects to a driver that listens.
   *
   * @param patience how long a refused connection is tried again, because a driver that serves one
   *     connection may need a moment before it listens again
   * @throws IOException if nobody listens there
   */
  public static SocketDriver connect(InetSocketAddress address, Duration patience)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), (int)
            CONNECT_LIMIT.toMillis());
        socket.setTcpNoDelay(true);
        return new SocketDriver(socket, new AnswerLines("driver-socket", socket.getInputStream()));
      } catch (ConnectException e) {
        socket.close();
        if (System.nanoTime() >= end) {
          throw new IOException(
              "no driver listens at %s:%d".formatted(address.getHostString(), address.getPort()),
              e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      } catch (IOException e) {
        socket.close();
        throw new IOException(
            "cannot connect to %s:%d: %s"
                .formatted(address.getHostString(), address.getPort(), e.getMessage()),
            e);
      }
    }
  }

  @Override
  boolean awaitGone(Duration limit) {
    return lines().awaitEnd(limit);
  }

  @Override
  OptionalInt exitCode() {
    return OptionalInt.empty();
  }

  @Override
  void askForStacks() {
    // Whoever attached a debugger sees them there.
  }

  @Override
  String fate() {
    return "the connection was closed";
  }

  @Override
  String howItEnded() {
    return "closed the connection";
  }

  @Override
  void endOfCommands() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be closed.
    }
  }
}
