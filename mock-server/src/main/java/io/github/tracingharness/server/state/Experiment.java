package io.github.tracingharness.server.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An experiment.
 *
 * @param id a decimal number
 * @param name the unique name
 * @param artifactLocation where its artifacts lie
 * @param active false once it is deleted
 * @param creationTime milliseconds since 1970
 * @param lastUpdateTime milliseconds since 1970
 * @param tags its tags
 */
public record Experiment(
    String id,
    String name,
    String artifactLocation,
    boolean active,
    long creationTime,
    long lastUpdateTime,
    Map<String, String> tags) {

  /** Copies the tags. */
  public Experiment {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  Experiment renamed(String newName, long now) {
    return new Experiment(id, newName, artifactLocation, active, creationTime, now, tags);
  }

  Experiment withActive(boolean nowActive, long now) {
    return new Experiment(id, name, artifactLocation, nowActive, creationTime, now, tags);
  }
}
