package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
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
  private final Set<Thread> threads = new HashSet<>();
  private boolean closed;

  Connections(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /** Accepts until the server socket is closed. */
  void acceptFrom(ServerSocket server) {
    Thread acceptor = new Thread(() -> accept(server), "collector-" + server.getLocalPort());
    start(acceptor);
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        serve(server.accept());
      } catch (IOException closedOrBroken) {
        // The loop ends if the server socket is closed; a connection that broke at once is no loss.
      }
    }
    synchronized (lock) {
      threads.remove(Thread.currentThread());
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
      start(new Thread(
          connection, "collector-" + socket.getLocalPort() + "-from-" + socket.getPort()));
    }
  }

  private void start(Thread thread) {
    thread.setDaemon(true);
    synchronized (lock) {
      threads.add(thread);
      thread.start();
    }
  }

  private void ended(Connection connection) {
    synchronized (lock) {
      open.remove(connection);
      threads.remove(Thread.currentThread());
    }
  }

  /** Ends all connections and waits for their threads; the server socket is closed before. */
  void close() {
    Set<Thread> running;
    synchronized (lock) {
      closed = true;
      open.forEach(Connection::shutDown);
      running = new HashSet<>(threads);
    }
    running.remove(Thread.currentThread());
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      // The threads end soon; who waits for this one is not kept.
      Thread.currentThread().interrupt();
    }
  }
}
