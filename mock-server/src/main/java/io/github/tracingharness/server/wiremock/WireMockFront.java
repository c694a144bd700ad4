package io.github.tracingharness.server.wiremock;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.tracingharness.server.TlsKeys;
import io.github.tracingharness.server.http.Exchanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** A running HTTP server that passes every request to {@link Exchanges}. Thread-safe. */
public final class WireMockFront implements AutoCloseable {

  /** The name of the transformer that gives the stateful answers. */
  public static final String TRANSFORMER = "mlflow-tracking";

  /** The largest body that is taken, packed or unpacked: 256 MiB. */
  public static final long MAX_BODY_BYTES = 256L << 20;

  private static final int ACCEPT_QUEUE = 1024;
  private static final long STOP_MILLIS = 2_000;

  /** WireMock's own journal is for verifications in its DSL; ours is the complete one. */
  private static final int WIREMOCK_JOURNAL_ENTRIES = 200;

  private final WireMockServer server;

  private final ExchangeListener listener;

  private final boolean tls;

  private WireMockFront(WireMockServer server, ExchangeListener listener, boolean tls) {
    this.server = server;
    this.listener = listener;
    this.tls = tls;
  }

  /**
   * Starts a server.
   *
   * @param host the address to bind to
   * @param port the port, or 0 for a free one
   * @param threads how many exchanges may be handled at a time
   * @param tls the certificate and key for HTTPS, or null for plain HTTP
   * @param exchanges who answers
   * @return the running server
   * @throws UncheckedIOException if the port cannot be had
   */
  public static WireMockFront start(
      String host, int port, int threads, @Nullable TlsKeys tls, Exchanges exchanges) {
    ExchangeListener listener = new ExchangeListener(exchanges);
    TrackingStub stub = new TrackingStub();
    WireMockConfiguration options = options()
        .bindAddress(host)
        .port(port)
        .containerThreads(threads)
        .jettyAcceptQueueSize(ACCEPT_QUEUE)
        .jettyStopTimeout(STOP_MILLIS)
        .http2PlainDisabled(true)
        .gzipDisabled(true)
        .stubRequestLoggingDisabled(true)
        .templatingEnabled(false)
        .httpClientFactory(new LateHttpClientFactory())
        .notifier(new Slf4jNotifier(false))
        .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
        .httpServerFactory((serverOptions, admin, stubs) ->
            new ListeningHttpServer(serverOptions, admin, stubs, listener))
        .extensions(stub, new TrackingTransformer(listener));
    // No limit of WireMock's own: it counts all entries at each request.
    options
        .withStores(new BoundedStores(options.filesRoot(), WIREMOCK_JOURNAL_ENTRIES))
        .mappingSource(new LateMappingsSource(options.filesRoot().child("mappings")));
    if (tls != null) {
      options
          .httpDisabled(true)
          .httpsPort(port)
          .http2TlsDisabled(true)
          .keystoreType("PKCS12")
          .keystorePath(tls.keyStore().toAbsolutePath().toString())
          .keystorePassword(tls.password())
          .keyManagerPassword(tls.password());
    }
    WireMockServer server = new WireMockServer(options);
    try {
      server.start();
    } catch (FatalStartupException e) {
      throw new UncheckedIOException(
          "port " + port + " of " + host
              + " is in use or not allowed; choose another one, or 0 for a free one",
          e.getCause() instanceof IOException cause ? cause : new BindException(e.getMessage()));
    }
    return new WireMockFront(server, listener, tls != null);
  }

  /**
   * The port that is listened to.
   *
   * @return the port, never 0
   */
  public int port() {
    return tls ? server.httpsPort() : server.port();
  }

  /**
   * WireMock's DSL for this server, in this process.
   *
   * @return a client that needs no connection
   */
  public WireMock dsl() {
    return new WireMock(server);
  }

  /** Closes all connections and stops listening. */
  @Override
  public void close() {
    listener.stopping();
    server.stop();
  }
}
