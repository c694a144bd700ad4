package io.github.tracingharness.server.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered model. A prompt is one with the tag {@value #PROMPT_TAG}.
 *
 * @param name its name
 * @param creationTime milliseconds since 1970
 * @param lastUpdateTime milliseconds since 1970
 * @param description its description, possibly empty
 * @param tags its tags
 * @param aliases the version of each alias
 * @param versions its versions that were not deleted, oldest first
 * @param lastVersion the number of the newest version ever made, 0 if there was none
 */
public record RegisteredModel(
    String name,
    long creationTime,
    long lastUpdateTime,
    String description,
    Map<String, String> tags,
    Map<String, Integer> aliases,
    List<ModelVersion> versions,
    int lastVersion) {

  /** The tag that makes a model a prompt. */
  public static final String PROMPT_TAG = "mlflow.prompt.is_prompt";

  /** Copies the collections. */
  public RegisteredModel {
    tags = Tags.copy(tags);
    aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    versions = List.copyOf(versions);
  }

  /**
   * Tells whether the tags are those of a prompt.
   *
   * @param tags the tags of a model or a version
   * @return true for a prompt
   */
  public static boolean isPrompt(Map<String, String> tags) {
    return "true".equalsIgnoreCase(tags.get(PROMPT_TAG));
  }

  /**
   * Finds a version.
   *
   * @param number its number
   * @return the version, or empty
   */
  public Optional<ModelVersion> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  /**
   * The newest version.
   *
   * @return the version, or empty if there is none
   */
  public Optional<ModelVersion> latest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /**
   * The aliases of a version.
   *
   * @param number the version's number
   * @return its aliases, possibly none
   */
  public List<String> aliasesOf(int number) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue() == number)
        .map(Map.Entry::getKey)
        .toList();
  }

  RegisteredModel named(String other, long now) {
    List<ModelVersion> moved =
        versions.stream().map(version -> version.named(other, now)).toList();
    return new RegisteredModel(
        other, creationTime, now, description, tags, aliases, moved, lastVersion);
  }

  RegisteredModel described(String other, long now) {
    return new RegisteredModel(
        name, creationTime, now, other, tags, aliases, versions, lastVersion);
  }

  RegisteredModel withTags(Map<String, String> other) {
    return new RegisteredModel(
        name, creationTime, lastUpdateTime, description, other, aliases, versions, lastVersion);
  }

  RegisteredModel withAliases(Map<String, Integer> other) {
    return new RegisteredModel(
        name, creationTime, lastUpdateTime, description, tags, other, versions, lastVersion);
  }

  RegisteredModel with(ModelVersion added) {
    List<ModelVersion> more = new ArrayList<>(versions);
    more.removeIf(version -> version.number() == added.number());
    more.add(added);
    more.sort(Comparator.comparingInt(ModelVersion::number));
    return new RegisteredModel(
        name,
        creationTime,
        Math.max(lastUpdateTime, added.lastUpdateTime()),
        description,
        tags,
        aliases,
        more,
        Math.max(lastVersion, added.number()));
  }

  RegisteredModel withoutVersion(int number, long now) {
    Map<String, Integer> left = new LinkedHashMap<>(aliases);
    left.values().removeIf(version -> version == number);
    return new RegisteredModel(
        name,
        creationTime,
        now,
        description,
        tags,
        left,
        versions.stream().filter(version -> version.number() != number).toList(),
        lastVersion);
  }
}
