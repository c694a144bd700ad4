package io.github.tracingharness.core.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Where a trace is stored. */
public sealed interface TraceLocation {

  /** Returns the tree that stands for this location in the JSON of a trace info. */
  Map<String, Object> toTree();

  /**
   * An experiment of an MLflow tracking server.
   *
   * @param experimentId id of the experiment
   */
  record Experiment(String experimentId) implements TraceLocation {

    /** Checks that there is an id. */
    public Experiment {
      Objects.requireNonNull(experimentId, "experimentId");
    }

    @Override
    public Map<String, Object> toTree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("type", "MLFLOW_EXPERIMENT");
      tree.put("mlflow_experiment", Map.of("experiment_id", experimentId));
      return tree;
    }
  }
}
