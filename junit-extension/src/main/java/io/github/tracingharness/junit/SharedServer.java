package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.ConnectionSettings;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import io.github.tracingharness.server.FakeTrackingServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The fake server of a test run and the connections to it, held by JUnit's root store and closed
 * with it. A client of its own would cost each test a selector, a thread and a connection, which
 * live until the garbage collector finds them.
 */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes CloseableResource only.
final class SharedServer implements CloseableResource, AutoCloseable {

  /** Names the threads of the connections; they outlive tests by design. */
  static final String THREAD = "tracing-harness-http";

  private final FakeTrackingServer server = FakeTrackingServer.start();
  private final HttpTransport network = new JdkHttpTransport(ConnectionSettings.DEFAULT, THREAD);

  FakeTrackingServer server() {
    return server;
  }

  /** Returns the connections as a pipeline takes them: it may close them, and they stay open. */
  HttpTransport transport() {
    return new Lent(network);
  }

  @Override
  public void close() {
    network.close();
    server.close();
  }

  private record Lent(HttpTransport network) implements HttpTransport {

    @Override
    public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
      return network.send(call);
    }

    @Override
    public void close() {}
  }
}
