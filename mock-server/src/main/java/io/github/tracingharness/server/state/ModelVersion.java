package io.github.tracingharness.server.state;

import java.util.Map;

/**
 * A version of a registered model or prompt.
 *
 * @param model the model's name
 * @param number its number, from 1 on
 * @param creationTime milliseconds since 1970
 * @param lastUpdateTime milliseconds since 1970
 * @param description its description, possibly empty
 * @param source where it comes from
 * @param runId the run that made it, possibly empty
 * @param runLink a link to that run, possibly empty
 * @param tags its tags; those of a prompt have its text
 */
public record ModelVersion(
    String model,
    int number,
    long creationTime,
    long lastUpdateTime,
    String description,
    String source,
    String runId,
    String runLink,
    Map<String, String> tags) {

  /** Copies the tags. */
  public ModelVersion {
    tags = Tags.copy(tags);
  }

  ModelVersion named(String other, long now) {
    return new ModelVersion(
        other, number, creationTime, now, description, source, runId, runLink, tags);
  }

  ModelVersion described(String other, long now) {
    return new ModelVersion(model, number, creationTime, now, other, source, runId, runLink, tags);
  }

  ModelVersion withTags(Map<String, String> other) {
    return new ModelVersion(
        model, number, creationTime, lastUpdateTime, description, source, runId, runLink, other);
  }
}
