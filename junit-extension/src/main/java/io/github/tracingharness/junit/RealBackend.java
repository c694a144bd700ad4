package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.server.HandlerFailure;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An experiment on a real tracking server. It stays there when the test has ended. */
final class RealBackend implements Backend {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final RealServer server;
  private final String experimentId;
  private final RecordingTransport transport;

  private RealBackend(RealServer server, String experimentId) {
    this.server = server;
    this.experimentId = experimentId;
    this.transport = new RecordingTransport(server.trackingUri());
  }

  /** Makes an experiment; names of experiments are unique on a server. */
  static RealBackend open(RealServer server, String testName) {
    return new RealBackend(
        server, server.createExperiment(testName + " " + UUID.randomUUID().toString()));
  }

  @Override
  public String trackingUri() {
    return server.trackingUri();
  }

  @Override
  public String experimentId() {
    return experimentId;
  }

  @Override
  public HttpTransport transport() {
    return transport;
  }

  @Override
  public Map<String, String> environment() {
    return server.login();
  }

  @Override
  public List<StoredTrace> traces() {
    return server.traces(experimentId);
  }

  /** A real server tells nobody that a trace has come, so it is asked until then. */
  @Override
  public List<StoredTrace> awaitTraces(int atLeast, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      List<StoredTrace> found = traces();
      long left = end - System.nanoTime();
      if (found.size() >= atLeast || left <= 0) {
        return found;
      }
      try {
        boolean unused = never.await(Math.min(left, PAUSE.toNanos()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return found;
      }
    }
  }

  @Override
  public List<RecordedCall> calls() {
    return transport.calls();
  }

  @Override
  public List<HandlerFailure> failures() {
    return List.of();
  }

  @Override
  public void close() {}
}
