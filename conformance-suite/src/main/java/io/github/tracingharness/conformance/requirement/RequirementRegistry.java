package io.github.tracingharness.conformance.requirement;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requirements by key, in the order of the files. */
public final class RequirementRegistry {

  private static final String[] FILES = {
    "mlflow-3.17.yaml", "uc-2026-11.yaml", "otlp-http.yaml", "security.yaml", "resources.yaml"
  };

  private final Map<String, Requirement> byKey;

  private RequirementRegistry(Map<String, Requirement> byKey) {
    this.byKey = byKey;
  }

  /**
   * Reads the requirements that the suite ships.
   *
   * @throws IllegalStateException if a file is damaged or a key stands twice
   */
  public static RequirementRegistry load() {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    Map<String, Requirement> byKey = new LinkedHashMap<>();
    for (String file : FILES) {
      for (Requirement requirement : read(yaml, file)) {
        if (byKey.put(requirement.key(), requirement) != null) {
          throw new IllegalStateException(
              "requirement %s stands twice in %s".formatted(requirement.key(), file));
        }
      }
    }
    return new RequirementRegistry(byKey);
  }

  /**
   * Collects requirements.
   *
   * @throws IllegalStateException if a key stands twice
   */
  public static RequirementRegistry of(Collection<Requirement> requirements) {
    Map<String, Requirement> byKey = new LinkedHashMap<>();
    for (Requirement requirement : requirements) {
      if (byKey.put(requirement.key(), requirement) != null) {
        throw new IllegalStateException("requirement " + requirement.key() + " stands twice");
      }
    }
    return new RequirementRegistry(byKey);
  }

  private static List<Requirement> read(ObjectMapper yaml, String file) {
    String path = "/requirements/" + file;
    try (InputStream in = RequirementRegistry.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("requirements are missing from the class path: " + path);
      }
      return yaml.readValue(in, new TypeReference<List<Requirement>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Returns all requirements. */
  public Collection<Requirement> all() {
    return byKey.values();
  }

  /** Returns the requirement of that key, if there is one. */
  public Optional<Requirement> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /**
   * Returns the requirement of that key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Requirement get(String key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException("no requirement has the key " + key));
  }
}
