package io.github.tracingharness.server.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run, as far as traces and tests of tracing need one: no metrics, no parameters, no inputs.
 *
 * @param id its id
 * @param experimentId the experiment it belongs to
 * @param name its name
 * @param userId who made it, possibly empty
 * @param status its status, see {@link RunStore#STATUSES}
 * @param startTime milliseconds since 1970
 * @param endTime milliseconds since 1970, or null while nobody said
 * @param artifactUri where its artifacts lie
 * @param active false once it was deleted
 * @param tags its tags
 */
public record Run(
    String id,
    String experimentId,
    String name,
    String userId,
    String status,
    long startTime,
    @Nullable Long endTime,
    String artifactUri,
    boolean active,
    Map<String, String> tags) {

  /** Copies the tags. */
  public Run {
    tags = Tags.copy(tags);
  }

  Run withActive(boolean nowActive) {
    return new Run(
        id, experimentId, name, userId, status, startTime, endTime, artifactUri, nowActive, tags);
  }

  Run withTags(Map<String, String> other) {
    return new Run(
        id, experimentId, name, userId, status, startTime, endTime, artifactUri, active, other);
  }
}
