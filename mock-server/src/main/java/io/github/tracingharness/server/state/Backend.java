package io.github.tracingharness.server.state;

/** Whose server is played, as far as the stores differ. */
public enum Backend {
  /** MLflow's own server with its artifact proxy. */
  MLFLOW("mlflow-artifacts:/", "/traces"),
  /** A Databricks workspace. */
  DATABRICKS("dbfs:/databricks/mlflow-tracking/", "");

  private final String root;
  private final String tracesFolder;

  Backend(String root, String tracesFolder) {
    this.root = root;
    this.tracesFolder = tracesFolder;
  }

  /** Where the artifacts of an experiment lie that was given no place. */
  String ofExperiment(String experimentId) {
    return root + experimentId;
  }

  /** Where the artifacts of a trace lie. */
  String ofTrace(String experimentLocation, String traceId) {
    String folder = traceId.isEmpty() ? "" : "/" + traceId;
    return experimentLocation + tracesFolder + folder + "/artifacts";
  }
}
