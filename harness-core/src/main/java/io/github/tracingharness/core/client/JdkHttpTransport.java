package io.github.tracingharness.core.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests with the JDK's HTTP client over HTTP/1.1. */
public final class JdkHttpTransport implements HttpTransport {

  private static final Logger logger = LoggerFactory.getLogger(JdkHttpTransport.class);
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  private final ExecutorService executor;
  private final Proxies proxies;
  private final LateClient plain;
  private final LateClient secure;

  /** Creates a transport with connections of its own and the JVM's settings. */
  public JdkHttpTransport() {
    this(ConnectionSettings.DEFAULT);
  }

  /** Creates a transport with connections of its own. */
  public JdkHttpTransport(ConnectionSettings settings) {
    this(settings, "mlflow-http");
  }

  /** Creates a transport with connections of its own, whose threads have a name. */
  public JdkHttpTransport(ConnectionSettings settings, String threadName) {
    executor = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task, threadName);
      thread.setDaemon(true);
      return thread;
    });
    proxies = settings.proxies();
    if (proxies.hasTunnelWithLogin() && System.getProperty(TUNNEL_SCHEMES) == null) {
      // The JDK sends no user and password to a proxy of https unless told so, and listens to that
      // only before its first client is made.
      System.setProperty(TUNNEL_SCHEMES, "");
      logger.info("Set {} to \"\", so that the proxy of https gets its user", TUNNEL_SCHEMES);
    }
    plain = new LateClient(builder().sslContext(new NoTls()));
    HttpClient.Builder withTls = builder();
    settings.tls().context().ifPresent(withTls::sslContext);
    secure = new LateClient(withTls);
  }

  private HttpClient.Builder builder() {
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .executor(executor);
    return proxies.isEmpty() ? builder : builder.proxy(new Selector(proxies));
  }

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    LateClient client = "http".equalsIgnoreCase(call.uri().getScheme()) ? plain : secure;
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.get().sendAsync(request(call), answer -> new BoundedBody());
    try {
      // The client's own limit ends with the headers of the answer; this one includes its body.
      HttpResponse<byte[]> response = pending.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
    } catch (TimeoutException e) {
      pending.cancel(true);
      HttpTimeoutException timeout = new HttpTimeoutException(
          "no complete answer within " + call.timeout().toMillis() + " ms");
      timeout.initCause(e);
      throw timeout;
    } catch (InterruptedException e) {
      pending.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedIOException timeout) {
        throw timeout;
      }
      String cause = e.getCause() == null ? e.toString() : e.getCause().toString();
      throw new IOException(cause, e.getCause());
    }
  }

  private HttpRequest request(HttpCall call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
        .method(
            call.method(),
            call.body().length == 0 && call.method().equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    proxies
        .of(call.uri())
        .map(Proxies.Address::authorization)
        .ifPresent(value -> request.header("Proxy-Authorization", value));
    return request.build();
  }

  /** A client that is made for its first request, as it starts a thread. */
  private static final class LateClient {

    private final HttpClient.Builder builder;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable HttpClient made;

    LateClient(HttpClient.Builder builder) {
      this.builder = builder;
    }

    HttpClient get() throws IOException {
      HttpClient client = made;
      if (client != null) {
        return client;
      }
      lock.lock();
      try {
        client = made;
        if (client == null) {
          client = builder.build();
          made = client;
        }
        return client;
      } catch (UncheckedIOException e) {
        throw new IOException("no HTTP client can be made: " + e.getCause(), e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Tells the JDK's client which proxy to use. */
  private static final class Selector extends ProxySelector {

    private final Proxies proxies;

    private Selector(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return proxies
          .of(uri)
          .map(address -> List.of(new Proxy(
              Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port()))))
          .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      logger.debug("The proxy {} was not reached", address, failure);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
