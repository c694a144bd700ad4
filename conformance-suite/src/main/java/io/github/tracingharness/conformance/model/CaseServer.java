package io.github.tracingharness.conformance.model;

import io.github.tracingharness.server.TrackingSpace;

/** The fake server as the {@code given} part of a case sees it. */
public interface CaseServer {

  /** Returns the case's own URL space, to script answers and to choose a profile. */
  TrackingSpace space();

  /**
   * Holds the answers of an endpoint until the case releases them with {@link Step.Release}, or for
   * at most 4 seconds, whichever is first. Both are recorded, so that a check can tell a caller
   * that waited from one that did not.
   *
   * @param name the hold's name in the case
   */
  void hold(String name, String endpoint);
}
