package io.github.tracingharness.server;

import io.github.tracingharness.server.front.Fate;
import io.github.tracingharness.server.front.Listener;
import io.github.tracingharness.server.front.Watch;
import io.github.tracingharness.server.socket.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A port in front of a {@link FakeTrackingServer} that passes bytes on, for faults below HTTP: a
 * refused connection, one that is accepted late or cut off after some bytes, too many at a time, a
 * broken TLS handshake. It also tells what a server alone does not see: a TLS hello on a plain
 * port, a client that gives up while its call is held, requests in flight.
 *
 * <pre>{@code
 * try (TcpFront front = TcpFront.before(server).start()) {
 *   front.onConnections().answer(ConnectionFault.resetAfterRequestBytes(100));
 *   runTheApplication(front.trackingUri(space));
 *   front.awaitEvents(ConnectionEvent.Kind.CLIENT_GAVE_UP, 1, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>A server can have any number of fronts, such as one for each test, and closes those that are
 * left when it is closed. What is asked of the server directly meets none of their faults; scripts
 * of endpoints work behind a front as without one.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class TcpFront implements AutoCloseable {

  /** How many connections are open at a time by default. */
  public static final int DEFAULT_MAX_CONNECTIONS = 256;

  private final FakeTrackingServer tracking;
  private final URI url;
  private final Watch watch = new Watch();
  private final FaultPlayer faults = new FaultPlayer();
  private final Listener listener;
  private final Port port;
  private volatile FaultScript script = new FaultScript(FaultScope.CONNECTIONS);

  private TcpFront(Builder builder) throws IOException {
    tracking = builder.server;
    URI server = tracking.url();
    listener = new Listener(
        new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()),
        this::next,
        builder.maxConnections,
        watch);
    port = new Port(
        new InetSocketAddress(InetAddress.getByName(builder.host), builder.port),
        listener::acceptFrom);
    url =
        FakeTrackingServer.url(server.getScheme(), builder.host, port.address().getPort());
  }

  /**
   * Begins the settings of a front.
   *
   * @param server where connections are passed on to; it may speak TLS
   * @return the settings, each with a default
   */
  public static Builder before(FakeTrackingServer server) {
    return new Builder(Objects.requireNonNull(server, "server"));
  }

  /**
   * Where this front listens.
   *
   * @return the URI of the server's root space by way of this front, without trailing slash
   */
  public URI url() {
    return url;
  }

  /**
   * Where clients find a space by way of this front.
   *
   * @param space a space of the server
   * @return the URI to be used as {@code MLFLOW_TRACKING_URI}, without trailing slash
   */
  public URI trackingUri(TrackingSpace space) {
    return URI.create(url + space.trackingUri().getPath());
  }

  /**
   * Writes a new script; a former one is forgotten. Each connection takes the next step when it is
   * accepted: a {@link ConnectionFault}, {@link Fault#real} for none, a delay or a
   * {@link HeldAnswer} before the first byte is read, or faults {@link Fault#drawn drawn} out of
   * these.
   *
   * @return an empty script: all connections are passed on until steps are added
   */
  public FaultScript onConnections() {
    script = new FaultScript(FaultScope.CONNECTIONS);
    return script;
  }

  /**
   * Sets how many connections may be open at a time, from the next one on. One more is accepted and
   * closed at once.
   *
   * @param connections not negative
   */
  public void maxConnections(int connections) {
    listener.maxConnections(requireMaxConnections(connections));
  }

  /**
   * Refuses connections from now on; those that are open stay. Nobody else gets the port.
   *
   * @throws UncheckedIOException if another process took the port in the moment between
   */
  public void refuse() {
    try {
      port.refuse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Accepts connections again after {@link #refuse}, or {@link Builder#refusing}.
   *
   * @throws UncheckedIOException if the port cannot be listened to
   */
  public void listen() {
    try {
      port.listen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Counts the connections of clients.
   *
   * @return how many are open now
   */
  public int openConnections() {
    return watch.open();
  }

  /**
   * Counts the requests that have begun to arrive and whose answer has not begun. Requests within
   * TLS are not counted.
   *
   * @return how many are in flight now; at most one for each connection
   */
  public int inFlight() {
    return watch.inFlight();
  }

  /**
   * Tells how many requests were in flight at most, see {@link #inFlight}.
   *
   * @return the highest number since the start
   */
  public int mostInFlight() {
    return watch.mostInFlight();
  }

  /**
   * Waits until so many requests are in flight.
   *
   * @param requests how many, exactly; 0 to wait for rest
   * @param deadline how long to wait at most
   * @return whether there were as many in time
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean awaitInFlight(int requests, Duration deadline) throws InterruptedException {
    return watch.await(() -> watch.inFlight() == requests, deadline);
  }

  /**
   * Lists what happened, 10,000 events at most; the oldest are forgotten.
   *
   * @return the events in order
   */
  public List<ConnectionEvent> events() {
    return watch.events();
  }

  /**
   * Lists what happened of one kind, see {@link #events()}.
   *
   * @param kind the kind
   * @return the events in order
   */
  public List<ConnectionEvent> events(ConnectionEvent.Kind kind) {
    return watch.events().stream().filter(event -> event.kind() == kind).toList();
  }

  /**
   * Waits for events.
   *
   * @param kind the kind
   * @param atLeast how many, since the start
   * @param deadline how long to wait at most
   * @return the events of that kind
   * @throws AssertionError if too few came; the message lists what happened instead
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<ConnectionEvent> awaitEvents(
      ConnectionEvent.Kind kind, int atLeast, Duration deadline) throws InterruptedException {
    if (!watch.await(() -> events(kind).size() >= atLeast, deadline)) {
      throw new AssertionError("expected %d event(s) %s at %s within %s, but there were %d; all: %s"
          .formatted(atLeast, kind, url, deadline, events(kind).size(), events()));
    }
    return events(kind);
  }

  /** Lets go what is held, closes the port and all connections, and waits for their threads. */
  @Override
  public void close() {
    faults.close();
    port.close();
    listener.close();
    tracking.remove(this);
  }

  private Fate next() {
    Fault fault = script.next();
    return new Fate(
        () -> {
          if (fault instanceof ConnectionFault.AcceptedLate late) {
            faults.pause(late);
          }
        },
        () -> faults.await(fault));
  }

  private static int requireMaxConnections(int connections) {
    if (connections < 0) {
      throw new IllegalArgumentException(
          "maxConnections must not be negative, but is " + connections);
    }
    return connections;
  }

  /** Settings of a front; each has a default. */
  public static final class Builder {

    private final FakeTrackingServer server;
    private String host = "127.0.0.1";
    private int port;
    private int maxConnections = DEFAULT_MAX_CONNECTIONS;
    private boolean refusing;

    private Builder(FakeTrackingServer server) {
      this.server = server;
    }

    /**
     * Sets the address to bind to.
     *
     * @param address an address of this machine; default: {@code 127.0.0.1}
     * @return this builder
     */
    public Builder host(String address) {
      host = Objects.requireNonNull(address, "address");
      return this;
    }

    /**
     * Sets the port.
     *
     * @param number from 1 to 65535, or 0 for a free one; default: 0
     * @return this builder
     */
    public Builder port(int number) {
      if (number < 0 || number > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, not " + number);
      }
      port = number;
      return this;
    }

    /**
     * Sets how many connections may be open at a time, see {@link TcpFront#maxConnections}.
     *
     * @param connections not negative; default: {@value TcpFront#DEFAULT_MAX_CONNECTIONS}
     * @return this builder
     */
    public Builder maxConnections(int connections) {
      maxConnections = requireMaxConnections(connections);
      return this;
    }

    /**
     * Reserves the port and refuses connections until {@link TcpFront#listen}.
     *
     * @return this builder
     */
    public Builder refusing() {
      refusing = true;
      return this;
    }

    /**
     * Starts the front.
     *
     * @return the running front
     * @throws UncheckedIOException if the port cannot be had
     */
    public TcpFront start() {
      try {
        TcpFront front = new TcpFront(this);
        if (!refusing) {
          front.listen();
        }
        server.add(front);
        return front;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
