package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.server.HandlerFailure;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a tracking server that belongs to one test. */
interface Backend extends AutoCloseable {

  /** Returns where clients find the server. */
  String trackingUri();

  /** Returns the experiment of the test. */
  String experimentId();

  /** Returns what sends the pipeline's requests; null for the pipeline's own. */
  default @Nullable HttpTransport transport() {
    return null;
  }

  /** Returns variables that the pipeline needs for this server: the login. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Returns the complete traces that are there now. */
  List<StoredTrace> traces();

  /** Waits for a number of complete traces; returns those that are there at the end. */
  List<StoredTrace> awaitTraces(int atLeast, Duration limit);

  /** Returns the finished calls in order of arrival. */
  List<RecordedCall> calls();

  /** Returns the defects of the server that calls have brought to light. */
  List<HandlerFailure> failures();

  @Override
  void close();
}
