package io.github.tracingharness.core.client;

import io.github.tracingharness.core.testing.TrackingServerDouble;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Clients for tests: no waits between attempts. */
final class Clients {

  static final RetryPolicy TWO_RETRIES = new RetryPolicy(2, 0, 0, true);

  private Clients() {}

  static ClientSettings settings(String uri, Credentials credentials, boolean databricks) {
    return new ClientSettings(
        URI.create(uri),
        credentials,
        TWO_RETRIES,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Optional.empty(),
        true,
        databricks,
        Optional.empty(),
        ConnectionSettings.DEFAULT,
        true);
  }

  static RestTrackingClient databricks(TrackingServerDouble server) {
    return databricks(server, Credentials.bearer("dapi-secret"));
  }

  static RestTrackingClient databricks(TrackingServerDouble server, Credentials credentials) {
    return client(settings(server.uri(), credentials, true));
  }

  static RestTrackingClient client(ClientSettings settings) {
    return new RestTrackingClient(
        settings, new JdkHttpTransport(), new MonotonicPause(), Clock.systemUTC());
  }
}
