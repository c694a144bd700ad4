package io.github.tracingharness.conformance.model;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.FaultScript;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.TrackingSpace;
import java.util.List;

/**
 * The fake server as the {@code given} part of a case sees it. Cases speak by {@link #profile},
 * {@link #script} and {@link #hold}, which a report can put into words.
 */
public interface CaseServer {

  /** Returns the case's own URL space. */
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
