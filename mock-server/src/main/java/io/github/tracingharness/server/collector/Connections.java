package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import io.github.tracingharness.server.socket.DaemonThreads;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Accepts connections and gives each a thread, up to a number. */
final class Connections {

  private final Exchanges exchanges;
  private final Object lock = new Object();
  private final Set<Connection> open = new HashSet<>();
  private final DaemonThreads threads = new DaemonThreads();
  private boolean closed;

  Connections(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /** Accepts until the server socket is closed. */
  void acceptFrom(ServerSocket server) {
    threads.start(() -> accept(server), "collector-" + server.getLocalPort());
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        serve(server.accept());
      } catch (IOException closedOrBroken) {
        // The loop ends if the server socket is closed; a connection that broke at once is no loss.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    Wire wire = new Wire(socket);
    synchronized (lock) {
      if (closed || open.size() >= OtlpCollector.MAX_CONNECTIONS) {
        exchanges.journal().happened(Kind.TOO_MANY_CONNECTIONS, wire.clientPort(), "");
        wire.shutDown();
        return;
      }
      Connection[] self = new Connection[1];
      Connection connection = new Connection(wire, exchanges, () -> ended(self[0]));
      self[0] = connection;
      open.add(connection);
      threads.start(connection, "collector-" + socket.getLocalPort() + "-from-" + socket.getPort());
    }
  }

  private void ended(Connection connection) {
    synchronized (lock) {
      open.remove(connection);
    }
  }

  /** Ends all connections and waits for their threads; the server socket is closed before. */
  void close() {
    synchronized (lock) {
      closed = true;
      open.forEach(Connection::shutDown);
    }
    threads.awaitEnd();
  }
}
