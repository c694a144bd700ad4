package io.github.tracingharness.server.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment.
 *
 * @param id a decimal number
 * @param name the unique name
 * @param backend whose server it is on
 * @param chosenLocation where its artifacts lie if its maker chose a place, otherwise null
 * @param active false once it is deleted
 * @param creationTime milliseconds since 1970
 * @param lastUpdateTime milliseconds since 1970
 * @param tags its tags
 */
public record Experiment(
    String id,
    String name,
    Backend backend,
    @Nullable String chosenLocation,
    boolean active,
    long creationTime,
    long lastUpdateTime,
    Map<String, String> tags) {

  /** Copies the tags. */
  public Experiment {
    tags = Tags.copy(tags);
  }

  /**
   * Where its artifacts lie.
   *
   * @return a URI without trailing slash
   */
  public String artifactLocation() {
    return chosenLocation == null ? backend.ofExperiment(id) : chosenLocation;
  }

  String artifactLocationOf(String traceId) {
    return backend.ofTrace(artifactLocation(), traceId);
  }

  Experiment renamed(String newName, long now) {
    return new Experiment(id, newName, backend, chosenLocation, active, creationTime, now, tags);
  }

  Experiment withActive(boolean nowActive, long now) {
    return new Experiment(id, name, backend, chosenLocation, nowActive, creationTime, now, tags);
  }

  Experiment withTags(Map<String, String> more, long now) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.putAll(more);
    return new Experiment(id, name, backend, chosenLocation, active, creationTime, now, all);
  }

  Experiment withExactly(Map<String, String> others, long now) {
    return new Experiment(id, name, backend, chosenLocation, active, creationTime, now, others);
  }

  Experiment on(Backend other) {
    return new Experiment(
        id, name, other, chosenLocation, active, creationTime, lastUpdateTime, tags);
  }
}
