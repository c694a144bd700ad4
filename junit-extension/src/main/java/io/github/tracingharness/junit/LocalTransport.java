package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.ConnectionSettings;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the fake server of the run on the thread that asks, over connections that all
 * tests share. The JDK's client, which a pipeline has otherwise, hands each request from thread to
 * thread, which takes longer than the request. It still sends what goes to other servers.
 *
 * <p>Thread-safe.
 */
final class LocalTransport implements HttpTransport {

  /** Names the threads of the JDK's client; they outlive tests by design. */
  static final String THREAD = "tracing-harness-http";

  private static final int MAX_IDLE = 64;

  private final InetSocketAddress server;
  private final String base;
  private final ConcurrentLinkedDeque<LocalConnection> idle = new ConcurrentLinkedDeque<>();
  private final Object lock = new Object();
  private volatile boolean closed;
  private @Nullable HttpTransport others;

  /**
   * Creates a transport without connections.
   *
   * @param url where the server listens, by plain HTTP
   */
  LocalTransport(URI url) {
    server = new InetSocketAddress(url.getHost(), url.getPort());
    base = url + "/";
  }

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    if (!call.uri().toString().startsWith(base)) {
      return others().send(call);
    }
    LocalConnection connection = connection();
    boolean answered = false;
    try {
      HttpAnswer answer = connection.exchange(call);
      answered = true;
      return answer;
    } finally {
      if (answered && !closed && idle.size() < MAX_IDLE) {
        idle.push(connection);
      } else {
        connection.close();
      }
    }
  }

  private LocalConnection connection() throws IOException {
    for (LocalConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isReusable()) {
        return kept;
      }
      kept.close();
    }
    return new LocalConnection(server);
  }

  private HttpTransport others() {
    synchronized (lock) {
      if (others == null) {
        others = new JdkHttpTransport(ConnectionSettings.DEFAULT, THREAD);
      }
      return others;
    }
  }

  @Override
  public void close() {
    closed = true;
    for (LocalConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
      kept.close();
    }
    synchronized (lock) {
      if (others != null) {
        others.close();
      }
    }
  }
}
