package io.github.tracingharness.server.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The runs of a server. Each change replaces one run as a whole, atomically. Thread-safe. */
public final class RunStore {

  /** The statuses in the order of their numbers, which begin with 1. */
  public static final List<String> STATUSES =
      List.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");

  /** Tag: the name of the run. */
  public static final String NAME_TAG = "mlflow.runName";

  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final ExperimentStore experiments;
  private final Capacity capacity;

  RunStore(ExperimentStore experiments, Capacity capacity) {
    this.experiments = experiments;
    this.capacity = capacity;
  }

  /**
   * Makes a run.
   *
   * @param experimentId the id of its experiment
   * @param name its name; empty for that of the tag, or a name made up
   * @param userId who makes it, possibly empty
   * @param startTime milliseconds since 1970
   * @param tags its tags
   * @return the new run
   */
  public Run create(
      String experimentId, String name, String userId, long startTime, Map<String, String> tags) {
    if (experimentId.isEmpty()) {
      throw new TrackingException(
          ErrorCode.BAD_REQUEST,
          "(raised as a result of Query-invoked autoflush; consider using a session.no_autoflush"
              + " block if this flush is occurring prematurely)\n"
              + "(sqlite3.IntegrityError) datatype mismatch");
    }
    Experiment experiment = experiments.getActive(experimentId);
    String tagged = tags.getOrDefault(NAME_TAG, "");
    if (!name.isEmpty() && !tagged.isEmpty() && !name.equals(tagged)) {
      throw TrackingException.invalid(
          "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different"
              + " values (run_name='"
              + name
              + "', mlflow.runName='"
              + tagged
              + "').");
    }
    capacity.require("runs", runs.size());
    String id = UUID.randomUUID().toString().replace("-", "");
    String given = name.isEmpty() ? tagged : name;
    String named = given.isEmpty() ? "run-" + id.substring(0, 8) : given;
    Run run = new Run(
        id,
        experiment.id(),
        named,
        userId,
        STATUSES.get(0),
        startTime,
        null,
        experiment.artifactLocation() + "/" + id + "/artifacts",
        true,
        tagged.isEmpty() ? Tags.with(tags, NAME_TAG, named) : tags);
    runs.put(id, run);
    return run;
  }

  /**
   * Finds a run.
   *
   * @param id its id
   * @return the run as it is now
   */
  public Run get(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw TrackingException.absent("Run with id=" + id + " not found");
    }
    return run;
  }

  /**
   * Lists all runs.
   *
   * @return the runs in no particular order
   */
  public List<Run> all() {
    return new ArrayList<>(runs.values());
  }

  /**
   * Changes what is said of a run.
   *
   * @param id its id
   * @param status the new status, or null to keep it
   * @param endTime the new end, or null to keep it
   * @param name the new name, empty to keep it
   * @return the changed run
   */
  public Run update(String id, @Nullable String status, @Nullable Long endTime, String name) {
    return changeActive(
        id,
        run -> new Run(
            id,
            run.experimentId(),
            name.isEmpty() ? run.name() : name,
            run.userId(),
            status == null ? run.status() : status,
            run.startTime(),
            endTime == null ? run.endTime() : endTime,
            run.artifactUri(),
            run.active(),
            name.isEmpty() ? run.tags() : Tags.with(run.tags(), NAME_TAG, name)));
  }

  /**
   * Sets a tag.
   *
   * @param id the run's id
   * @param key the tag's key
   * @param value its value
   */
  public void setTag(String id, String key, String value) {
    changeActive(id, run -> run.withTags(Tags.with(run.tags(), key, value)));
  }

  /**
   * Removes a tag.
   *
   * @param id the run's id
   * @param key the tag's key
   */
  public void removeTag(String id, String key) {
    changeActive(id, run -> {
      if (!run.tags().containsKey(key)) {
        throw TrackingException.absent("No tag with name: " + key + " in run with id " + id);
      }
      return run.withTags(Tags.without(run.tags(), key));
    });
  }

  /**
   * Deletes or restores a run.
   *
   * @param id its id
   * @param active true to restore it
   */
  public void setActive(String id, boolean active) {
    change(id, run -> run.withActive(active));
  }

  void restore(Run run) {
    runs.put(run.id(), run);
  }

  void clear() {
    runs.clear();
  }

  private Run changeActive(String id, UnaryOperator<Run> change) {
    return change(id, run -> {
      if (!run.active()) {
        throw TrackingException.invalid(
            "The run " + id + " must be in the 'active' state. Current state is deleted.");
      }
      return change.apply(run);
    });
  }

  private Run change(String id, UnaryOperator<Run> change) {
    get(id);
    Run changed = runs.computeIfPresent(id, (key, run) -> change.apply(run));
    return changed == null ? get(id) : changed;
  }
}
