package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Where a session or a trace is sent, as the driver protocol names it. */
public sealed interface Destination {

  /**
   * An experiment of an MLflow tracking server: {@code mlflow-v3}.
   *
   * @param experimentId the experiment that traces belong to
   */
  record MlflowV3(String experimentId) implements Destination {}

  /** A collector that MLflow's own spans are led to by variables: {@code mlflow-otlp}. */
  record MlflowOtlp() implements Destination {}

  /**
   * An experiment of a Databricks workspace: {@code databricks-v3}.
   *
   * @param experimentId the experiment that traces belong to
   */
  record DatabricksV3(String experimentId) implements Destination {}

  /**
   * Tables of Unity Catalog in a Databricks workspace: {@code databricks-uc}.
   *
   * @param tablePrefix what the names of the tables begin with, or null for MLflow's own tables
   * @param spansTable fully qualified name of the table that the server has for the prefix; null
   *     without a prefix
   */
  record UnityCatalog(
      String catalog,
      String schema,
      @Nullable String tablePrefix,
      @Nullable String spansTable) implements Destination {}

  /**
   * A collector: {@code otlp-http-protobuf} or {@code otlp-http-json}.
   *
   * @param json whether the bodies are JSON instead of protobuf
   */
  record Otlp(boolean json) implements Destination {}

  /**
   * Reads the member {@code destination} of an {@code open} command or of a root span.
   *
   * @throws IllegalArgumentException if its type is unknown
   */
  static Destination of(JsonNode json) {
    String type = json.path("type").asText();
    return switch (type) {
      case "mlflow-v3" -> new MlflowV3(json.path("experiment_id").asText());
      case "mlflow-otlp" -> new MlflowOtlp();
      case "databricks-v3" -> new DatabricksV3(json.path("experiment_id").asText());
      case "databricks-uc" ->
        new UnityCatalog(
            json.path("catalog").asText(),
            json.path("schema").asText(),
            textOrNull(json, "table_prefix"),
            textOrNull(json, "spans_table"));
      case "otlp-http-protobuf" -> new Otlp(false);
      case "otlp-http-json" -> new Otlp(true);
      default ->
        throw new IllegalArgumentException(
            "destination.type must be mlflow-v3, mlflow-otlp, databricks-v3, databricks-uc, otlp-http-protobuf or otlp-http-json, not "
                + type);
    };
  }

  private static @Nullable String textOrNull(JsonNode json, String member) {
    return json.hasNonNull(member) ? json.get(member).asText() : null;
  }
}
