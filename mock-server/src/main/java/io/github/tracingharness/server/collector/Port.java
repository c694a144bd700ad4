package io.github.tracingharness.server.collector;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port that is at first only reserved: connections to it are refused, and nobody else gets it.
 */
final class Port {

  private static final int BACKLOG = 128;

  private final Consumer<ServerSocket> acceptor;
  private final InetSocketAddress address;
  private final Object lock = new Object();
  private final Socket reservation = new Socket();
  private @Nullable ServerSocket server;
  private boolean closed;

  Port(InetSocketAddress wanted, Consumer<ServerSocket> acceptor) throws IOException {
    this.acceptor = acceptor;
    // With this option on both, Linux lets a listener have the port of a socket that is only bound.
    reservation.setReuseAddress(true);
    try {
      reservation.bind(wanted);
    } catch (IOException e) {
      throw new IOException(
          "the port " + wanted.getPort() + " of " + wanted.getAddress() + " cannot be had: "
              + e.getMessage(),
          e);
    }
    this.address = new InetSocketAddress(wanted.getAddress(), reservation.getLocalPort());
  }

  InetSocketAddress address() {
    return address;
  }

  /** Begins to accept connections; does nothing if it does already. */
  void listen() throws IOException {
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

  void close() {
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
