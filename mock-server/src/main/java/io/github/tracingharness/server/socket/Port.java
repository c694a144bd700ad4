package io.github.tracingharness.server.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port that listens, or is only reserved: then connections to it are refused, and nobody else
 * gets it. Thread-safe.
 */
public final class Port {

  private static final int BACKLOG = 128;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Consumer<ServerSocket> acceptor;
  private final InetSocketAddress address;
  private final Object lock = new Object();
  private Socket reservation;
  private @Nullable ServerSocket server;
  private boolean closed;

  /**
   * Reserves a port.
   *
   * @param wanted the address; its port may be 0 for a free one
   * @param acceptor gets each listening socket, which is closed to end its use
   * @throws IOException if the port cannot be had
   */
  public Port(InetSocketAddress wanted, Consumer<ServerSocket> acceptor) throws IOException {
    this.acceptor = acceptor;
    try {
      reservation = reserved(wanted);
    } catch (IOException e) {
      throw new IOException(
          "the port " + wanted.getPort() + " of " + wanted.getAddress() + " cannot be had: "
              + e.getMessage(),
          e);
    }
    this.address = new InetSocketAddress(wanted.getAddress(), reservation.getLocalPort());
  }

  private static Socket reserved(InetSocketAddress wanted) throws IOException {
    Socket socket = new Socket();
    try {
      // With this option on both, Linux lets a listener have the port of a socket that is only
      // bound.
      socket.setReuseAddress(true);
      socket.bind(wanted);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The address, with the port that was had. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Begins to accept connections; does nothing if it does already.
   *
   * @throws IOException if the port cannot be listened to
   */
  public void listen() throws IOException {
    synchronized (lock) {
      if (closed || server != null) {
        return;
      }
      ServerSocket listening = bound();
      reservation.close();
      server = listening;
      acceptor.accept(listening);
    }
  }

  /**
   * Refuses connections from now on; those in the queue of the system are reset. Does nothing if it
   * does already.
   *
   * @throws IOException if somebody else has taken the port in the moment between
   */
  public void refuse() throws IOException {
    synchronized (lock) {
      if (closed || server == null) {
        return;
      }
      server.close();
      server = null;
      reservation = reservedSoon();
    }
  }

  /** The system keeps a listening socket for as long as a thread has not left it. */
  private Socket reservedSoon() throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return reserved(address);
      } catch (BindException stillInUse) {
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
          throw stillInUse;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private ServerSocket bound() throws IOException {
    try {
      return listeningSocket();
    } catch (BindException reservationIsInTheWay) {
      reservation.close();
      return listeningSocket();
    }
  }

  private ServerSocket listeningSocket() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Gives the port up. */
  public void close() {
    synchronized (lock) {
      closed = true;
      try {
        reservation.close();
        if (server != null) {
          server.close();
        }
      } catch (IOException e) {
        // Nothing is left to be done with it.
      }
    }
  }
}
