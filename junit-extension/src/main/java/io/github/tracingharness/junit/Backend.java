package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.server.Endpoint;
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

  /** Returns the calls that went wrong although nothing had asked for it. */
  default List<RecordedCall> surprises() {
    return calls().stream().filter(Backend::isRefused).toList();
  }

  /** Returns what was scripted and never played, in words. */
  default List<String> unplayed() {
    return List.of();
  }

  /** A server that stores no spans says so to every client; that is no surprise. */
  static boolean isRefused(RecordedCall call) {
    return call.status() >= 400
        && !(call.endpoint() == Endpoint.OTLP_TRACES
            && (call.status() == 404 || call.status() == 501));
  }

  /** Returns the defects of the server that calls have brought to light. */
  List<HandlerFailure> failures();

  @Override
  void close();
}
