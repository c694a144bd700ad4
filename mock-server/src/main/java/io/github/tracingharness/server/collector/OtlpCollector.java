package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.socket.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collector for traces that exporters send by OTLP/HTTP: an HTTP/1.1 listener on plain sockets
 * that records each request as it came and answers as scripted, down to resets and half answers.
 *
 * <pre>{@code
 * try (OtlpCollector collector = OtlpCollector.builder().start()) {
 *   collector.script(List.of(CollectorAnswer.status(503)), CollectorAnswer.accept());
 *   // the exporter sends to collector.endpoint()
 *   List<CollectedCall> calls = collector.awaitCalls(2, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>It looks into no body and answers any method and path.
 *
 * @since 0.1.0
 */
public final class OtlpCollector implements AutoCloseable {

  /** How many connections are served at a time. */
  public static final int MAX_CONNECTIONS = 256;

  /** The default limit of a request's body in bytes, 256 MiB. */
  public static final long DEFAULT_BODY_LIMIT = 256L * 1024 * 1024;

  private final Exchanges exchanges;
  private final Connections connections;
  private final Port port;
  private final String scheme;

  private OtlpCollector(Builder builder) throws IOException {
    exchanges = new Exchanges(builder.bodyLimit, builder.tls);
    scheme = builder.tls == null ? "http" : "https";
    connections = new Connections(exchanges);
    port = new Port(builder.address, connections::acceptFrom);
  }

  /**
   * Begins the settings of a collector.
   *
   * @return the settings, with an address chosen by the system on the loopback interface
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the base address.
   *
   * @return scheme, host and port, without a path
   */
  public URI endpoint() {
    String host = address().getAddress().getHostAddress();
    String inUri = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + inUri + ":" + address().getPort());
  }

  /**
   * Returns the address of the listener.
   *
   * @return the address with its port
   */
  public InetSocketAddress address() {
    return port.address();
  }

  /**
   * Sets the answers for the requests that arrive from now on, by the order in which their heads
   * arrive on all connections together. It replaces the script before it; requests that wait for an
   * answer of that one keep it.
   *
   * @param first the answers to the first requests
   * @param afterwards the answer to all later ones
   */
  public void script(List<CollectorAnswer> first, CollectorAnswer afterwards) {
    exchanges.script(first, Objects.requireNonNull(afterwards, "afterwards"));
  }

  /**
   * Accepts connections on a port that was {@link Builder#refusing() refusing} until now. Does
   * nothing on a port that accepts already or is closed.
   *
   * @throws IOException if the port cannot be listened on
   */
  public void listen() throws IOException {
    port.listen();
  }

  /**
   * Returns all requests so far.
   *
   * @return the requests whose head arrived, in order of arrival, as they stand now
   */
  public List<CollectedCall> calls() {
    return exchanges.journal().calls();
  }

  /**
   * Returns what else happened at the port.
   *
   * @return the events in order
   */
  public List<CollectorEvent> events() {
    return exchanges.journal().events();
  }

  /**
   * Waits for requests that arrived completely, answered or not.
   *
   * @param atLeast how many, since the start of the collector
   * @param deadline how long to wait at most
   * @return the complete requests
   * @throws AssertionError if there are too few in time; the message lists what was seen
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<CollectedCall> awaitCalls(int atLeast, Duration deadline)
      throws InterruptedException {
    return exchanges
        .journal()
        .awaitCalls("complete request(s)", atLeast, deadline, CollectedCall::complete);
  }

  /**
   * Waits for requests that are over: answered, broken, or given up by the client.
   *
   * @param atLeast how many, since the start of the collector
   * @param deadline how long to wait at most
   * @return the requests that are over
   * @throws AssertionError if there are too few in time; the message lists what was seen
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<CollectedCall> awaitOver(int atLeast, Duration deadline) throws InterruptedException {
    return exchanges
        .journal()
        .awaitCalls("finished request(s)", atLeast, deadline, CollectedCall::over);
  }

  /**
   * Waits for events.
   *
   * @param kind the kind of event
   * @param atLeast how many, since the start of the collector
   * @param deadline how long to wait at most
   * @return the events of that kind
   * @throws AssertionError if there are too few in time; the message lists what was seen
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<CollectorEvent> awaitEvents(CollectorEvent.Kind kind, int atLeast, Duration deadline)
      throws InterruptedException {
    return exchanges.journal().awaitEvents(kind, atLeast, deadline);
  }

  /**
   * Waits until no request is being handled: each was answered, or its client has gone.
   *
   * @param deadline how long to wait at most
   * @return whether there is none
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean awaitIdle(Duration deadline) throws InterruptedException {
    return exchanges.journal().awaitIdle(deadline);
  }

  /** Closes the port and all connections, and waits for the end of all threads. */
  @Override
  public void close() {
    port.close();
    connections.close();
  }

  /** Settings of a collector. */
  public static final class Builder {

    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private long bodyLimit = DEFAULT_BODY_LIMIT;
    private boolean refusing;
    private @Nullable TlsSetup tls;

    private Builder() {}

    /**
     * Sets the port.
     *
     * @param port the port, or 0 for one that is free
     * @return this
     */
    public Builder port(int port) {
      address = new InetSocketAddress(address.getAddress(), port);
      return this;
    }

    /**
     * Sets the interface to listen on; the default is the loopback interface.
     *
     * @param host an address of this machine
     * @return this
     */
    public Builder host(InetAddress host) {
      address = new InetSocketAddress(host, address.getPort());
      return this;
    }

    /**
     * Sets the limit of a request's body; larger ones are refused with 413. The default is
     * {@value OtlpCollector#DEFAULT_BODY_LIMIT}.
     *
     * @param bytes the limit in bytes; not negative
     * @return this
     */
    public Builder bodyLimit(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes must not be negative, but is " + bytes);
      }
      bodyLimit = bytes;
      return this;
    }

    /**
     * Speaks TLS; the address becomes https.
     *
     * @param setup the certificates of the server
     * @return this
     */
    public Builder tls(TlsSetup setup) {
      tls = Objects.requireNonNull(setup, "setup");
      return this;
    }

    /**
     * Reserves the port and refuses connections until {@link OtlpCollector#listen}.
     *
     * @return this
     */
    public Builder refusing() {
      refusing = true;
      return this;
    }

    /**
     * Starts the collector.
     *
     * @return the collector; it has to be closed
     * @throws IOException if the port cannot be had
     */
    public OtlpCollector start() throws IOException {
      OtlpCollector collector = new OtlpCollector(this);
      if (!refusing) {
        collector.listen();
      }
      return collector;
    }
  }
}
