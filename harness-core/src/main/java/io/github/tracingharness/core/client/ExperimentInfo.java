package io.github.tracingharness.core.client;

import java.util.Map;
import java.util.Objects;

/**
 * An experiment of a tracking server.
 *
 * @param experimentId its id
 * @param name its name
 * @param artifactLocation where its artifacts are stored
 * @param active whether it is there, not deleted
 * @param tags its tags
 * @since 0.1.0
 */
public record ExperimentInfo(
    String experimentId,
    String name,
    String artifactLocation,
    boolean active,
    Map<String, String> tags) {

  /** Copies the tags. */
  public ExperimentInfo {
    Objects.requireNonNull(experimentId, "experimentId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(artifactLocation, "artifactLocation");
    tags = Map.copyOf(tags);
  }
}
