package io.github.tracingharness.server.front;

import io.github.tracingharness.server.ConnectionEvent.Kind;
import io.github.tracingharness.server.socket.DaemonThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Accepts connections and has them passed on to the server. Thread-safe. */
public final class Listener {

  private final InetSocketAddress server;
  private final Supplier<Fate> fates;
  private final Watch watch;
  private final Object lock = new Object();
  private final Set<Relay> relays = new HashSet<>();
  private final DaemonThreads threads = new DaemonThreads();
  private int maxConnections;
  private boolean closed;

  /**
   * Makes a listener that does not listen yet.
   *
   * @param server where connections are passed on to
   * @param fates asked once for each connection, in order
   * @param maxConnections how many may be open at a time
   * @param watch who is told
   */
  public Listener(InetSocketAddress server, Supplier<Fate> fates, int maxConnections, Watch watch) {
    this.server = server;
    this.fates = fates;
    this.maxConnections = maxConnections;
    this.watch = watch;
  }

  /** Sets how many connections may be open at a time; those that are open stay. */
  public void maxConnections(int number) {
    synchronized (lock) {
      maxConnections = number;
    }
  }

  /** Accepts in a thread of its own until the socket is closed. */
  public void acceptFrom(ServerSocket port) {
    threads.start(() -> accept(port), "front-" + port.getLocalPort());
  }

  private void accept(ServerSocket port) {
    while (!port.isClosed()) {
      try {
        take(port.accept());
      } catch (IOException closedOrBroken) {
        // The loop ends if the port is closed; a connection that broke at once is no loss.
      }
    }
  }

  private void take(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    Relay relay;
    synchronized (lock) {
      if (closed || relays.size() >= maxConnections) {
        watch.happened(Kind.OVER_LIMIT, client.getPort(), 0);
        client.close();
        return;
      }
      relay = new Relay(client, server, watch, threads::start);
      relays.add(relay);
    }
    Fate fate = fates.get();
    fate.beforeAccepting().run();
    watch.happened(Kind.OPENED, client.getPort(), 0);
    threads.start(
        () -> {
          try {
            relay.run(fate.afterAccepting());
          } finally {
            forget(relay);
          }
        },
        "front-" + client.getLocalPort() + "-from-" + client.getPort());
  }

  private void forget(Relay relay) {
    synchronized (lock) {
      relays.remove(relay);
    }
    // After its place is free: whoever waits for the end may open the next one at once.
    relay.ended();
  }

  /** Ends all connections and waits for their threads; the port is closed before. */
  public void close() {
    synchronized (lock) {
      closed = true;
      relays.forEach(Relay::shutDown);
    }
    threads.awaitEnd();
  }
}
