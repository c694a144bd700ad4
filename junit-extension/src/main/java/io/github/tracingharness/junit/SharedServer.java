package io.github.tracingharness.junit;

import io.github.tracingharness.server.FakeTrackingServer;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The fake server of a test run, held by JUnit's root store and closed with it. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes CloseableResource only.
final class SharedServer implements CloseableResource, AutoCloseable {

  private final FakeTrackingServer server = FakeTrackingServer.start();

  FakeTrackingServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
