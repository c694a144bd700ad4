package io.github.tracingharness.conformance.model;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.FaultScript;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.TrackingSpace;
import io.github.tracingharness.server.collector.CollectorAnswer;
import io.github.tracingharness.server.collector.OtlpCollector;
import java.util.List;

/**
 * The fake server as the {@code given} part of a case sees it. Cases speak by {@link #profile},
 * {@link #script} and {@link #hold}, or by {@link #answers} and {@link #held} for OTLP, which a
 * report can put into words.
 */
public interface CaseServer {

  /**
   * Returns the case's own collector.
   *
   * @throws IllegalStateException unless the case has an OTLP destination
   */
  OtlpCollector collector();

  /**
   * Scripts the answers of the collector, by the order of the requests.
   *
   * @param first what the first requests are answered, in order
   * @param afterwards what all later requests are answered
   */
  default void answers(List<CollectorAnswer> first, CollectorAnswer afterwards) {
    collector().script(first, afterwards);
  }

  /** Returns the collector's address under another host name, which makes it another origin. */
  default String otherOrigin() {
    return "http://localhost:" + collector().address().getPort();
  }

  /** Returns the tracking server's address under another host name, with the case's prefix. */
  default String otherTrackingUri() {
    return space().trackingUri().toString().replace("127.0.0.1", "localhost");
  }

  /**
   * Returns an answer of the collector that is held until the case releases it with
   * {@link Step.Release}, or for at most 4 seconds, whichever is first.
   *
   * @param name the hold's name in the case
   */
  CollectorAnswer held(String name, CollectorAnswer answer);

  /** Returns the case's own URL space; a case with an OTLP destination has no use for it. */
  TrackingSpace space();

  /** Chooses which server is played. */
  default void profile(ServerProfile profile) {
    space().profile(profile);
  }

  /**
   * Scripts the answers of an endpoint.
   *
   * @param first what the first calls are answered, in order
   * @param afterwards what all later calls are answered
   */
  default void script(Endpoint endpoint, List<Fault> first, Fault afterwards) {
    FaultScript script = space().on(endpoint);
    first.forEach(script::answer);
    script.thenForever(afterwards);
  }

  /**
   * Holds the answers of an endpoint until the case releases them with {@link Step.Release}, or for
   * at most 4 seconds, whichever is first. Both are recorded, so that a check can tell a caller
   * that waited from one that did not.
   *
   * @param name the hold's name in the case
   */
  void hold(String name, String endpoint);
}
