package io.github.tracingharness.server.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The experiments of a server; {@code 0}, named {@code Default}, always exists. Thread-safe. */
public final class ExperimentStore {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int MAX_NAME = 500;

  private final Object lock = new Object();
  private final Map<String, Experiment> byId = new LinkedHashMap<>();
  private int nextId = 1;
  private Backend backend = Backend.MLFLOW;
  private final Capacity capacity;

  ExperimentStore(Capacity capacity) {
    this.capacity = capacity;
    add("0", "Default", null, Map.of());
  }

  /**
   * Adds an experiment.
   *
   * @param name its name, unique among active and deleted ones
   * @param artifactLocation where its artifacts lie, or null for the server's own place
   * @param tags its tags
   * @return the new experiment
   */
  public Experiment create(
      String name, @Nullable String artifactLocation, Map<String, String> tags) {
    requireName("name", name);
    synchronized (lock) {
      requireFree(name);
      capacity.require("experiments", byId.size());
      return add(Integer.toString(nextId++), name, artifactLocation, tags);
    }
  }

  /**
   * Finds an experiment, deleted ones included.
   *
   * @param id its id
   * @return the experiment
   */
  public Experiment get(String id) {
    requireNumber(id);
    synchronized (lock) {
      Experiment found = byId.get(canonical(id));
      if (found == null) {
        throw absent(id);
      }
      return found;
    }
  }

  /**
   * Finds an experiment that new things can be put into.
   *
   * @param id its id
   * @return the experiment
   */
  public Experiment getActive(String id) {
    if (id.isEmpty()) {
      throw TrackingException.internal("invalid literal for int() with base 10: ''");
    }
    Experiment found = get(id);
    if (!found.active()) {
      throw TrackingException.invalid("The experiment "
          + found.id()
          + " must be in the 'active' state. Current state is deleted.");
    }
    return found;
  }

  /**
   * Tells whether an experiment exists, deleted ones included.
   *
   * @param id its id
   * @return true if it exists
   */
  public boolean exists(String id) {
    synchronized (lock) {
      return byId.containsKey(id);
    }
  }

  /**
   * Finds an experiment, deleted ones included.
   *
   * @param name its name
   * @return the experiment
   */
  public Experiment getByName(String name) {
    synchronized (lock) {
      return byId.values().stream()
          .filter(experiment -> experiment.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> TrackingException.absent("Could not find experiment with name '" + name + "'"));
    }
  }

  /**
   * Lists all experiments.
   *
   * @return the newest last
   */
  public List<Experiment> all() {
    synchronized (lock) {
      return new ArrayList<>(byId.values());
    }
  }

  /**
   * Deletes or restores an experiment.
   *
   * @param id its id
   * @param active false to delete, true to restore
   */
  public void setActive(String id, boolean active) {
    synchronized (lock) {
      Experiment found = get(id);
      if (found.active() == active) {
        throw absent(id);
      }
      byId.put(found.id(), found.withActive(active, System.currentTimeMillis()));
    }
  }

  /**
   * Renames an experiment.
   *
   * @param id its id
   * @param newName the new name
   */
  public void rename(String id, String newName) {
    requireName("name", newName);
    synchronized (lock) {
      Experiment found = get(id);
      if (!found.name().equals(newName) && isTaken(newName)) {
        throw new TrackingException(
            ErrorCode.BAD_REQUEST,
            "(sqlite3.IntegrityError) UNIQUE constraint failed: experiments.workspace,"
                + " experiments.name\n[SQL: UPDATE experiments SET name=?]");
      }
      byId.put(found.id(), found.renamed(newName, System.currentTimeMillis()));
    }
  }

  /**
   * Adds or replaces tags of an experiment.
   *
   * @param id its id
   * @param tags the tags
   */
  public void setTags(String id, Map<String, String> tags) {
    synchronized (lock) {
      Experiment found = get(id);
      byId.put(found.id(), found.withTags(tags, System.currentTimeMillis()));
    }
  }

  /**
   * Removes a tag of an experiment.
   *
   * @param id its id
   * @param key the tag's key
   */
  public void removeTag(String id, String key) {
    synchronized (lock) {
      Experiment found = getActive(id);
      if (!found.tags().containsKey(key)) {
        throw TrackingException.absent(
            "No tag with name: " + key + " in experiment with id " + found.id());
      }
      byId.put(
          found.id(),
          found.withExactly(Tags.without(found.tags(), key), System.currentTimeMillis()));
    }
  }

  void restore(List<Experiment> saved, int next) {
    synchronized (lock) {
      byId.clear();
      saved.forEach(experiment -> byId.put(experiment.id(), experiment.on(backend)));
      nextId = next;
    }
  }

  int nextId() {
    synchronized (lock) {
      return nextId;
    }
  }

  void on(Backend other) {
    synchronized (lock) {
      backend = other;
      byId.replaceAll((id, experiment) -> experiment.on(other));
    }
  }

  private Experiment add(
      String id, String name, @Nullable String artifactLocation, Map<String, String> tags) {
    long now = System.currentTimeMillis();
    Experiment experiment =
        new Experiment(id, name, backend, artifactLocation, true, now, now, tags);
    byId.put(id, experiment);
    return experiment;
  }

  private void requireFree(String name) {
    if (isTaken(name)) {
      throw new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          "Experiment(name="
              + name
              + ") already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed:"
              + " experiments.workspace, experiments.name");
    }
  }

  private boolean isTaken(String name) {
    return byId.values().stream().anyMatch(experiment -> experiment.name().equals(name));
  }

  private static void requireName(String field, String name) {
    if (name.codePointCount(0, name.length()) > MAX_NAME) {
      throw TrackingException.invalid(
          "'" + field + "' exceeds the maximum length of " + MAX_NAME + " characters");
    }
  }

  private static void requireNumber(String id) {
    if (!NUMBER.matcher(id).matches()) {
      throw TrackingException.invalid(
          "Invalid experiment ID '" + id + "'. Experiment ID must be a valid integer.");
    }
  }

  private static String canonical(String id) {
    return Long.toString(Long.parseLong(id));
  }

  private static TrackingException absent(String id) {
    return TrackingException.absent("No Experiment with id=" + id + " exists");
  }
}
