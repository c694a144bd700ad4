package io.github.tracingharness.conformance.driver;

import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Serves a subject to whoever connects, each connection as a driver of its own. The end of a
 * connection forgets its sessions without flushing.
 */
final class ListeningDriver {

  private final ExporterSubject subject;
  private final ServerSocket listener;

  /** Listens on this port of the loopback address; 0 takes a free one. */
  ListeningDriver(ExporterSubject subject, int port) throws IOException {
    this.subject = subject;
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Serves for as long as the process lives. */
  void serve() throws IOException {
    while (true) {
      Socket connection = listener.accept();
      Thread thread = new Thread(() -> serve(connection), "connection-" + connection.getPort());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void serve(Socket connection) {
    try (Socket open = connection) {
      DriverLoop loop = new DriverLoop(subject, false, open.getOutputStream());
      try {
        loop.serve(open.getInputStream());
      } finally {
        loop.forget();
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("a connection broke: " + e.getMessage());
    }
  }
}
