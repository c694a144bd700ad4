package io.github.tracingharness.conformance.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the session of a case sends: the {@code destination} of the driver protocol's {@code open}.
 *
 * @param type {@code mlflow-v3}, {@code mlflow-otlp}, {@code databricks-v3}, {@code databricks-uc},
 *     {@code otlp-http-protobuf} or {@code otlp-http-json}
 * @param catalog catalog of Unity Catalog, for {@code databricks-uc}
 * @param schema schema of Unity Catalog, for {@code databricks-uc}
 * @param tablePrefix what the names of the tables begin with, or null for MLflow's own tables
 * @param experiment id of the experiment, or null for the one that the session of the case gets
 */
public record CaseDestination(
    String type,
    @Nullable String catalog,
    @Nullable String schema,
    @Nullable String tablePrefix,
    @Nullable String experiment) {

  /** The server's own experiment, which exists everywhere. */
  public static final CaseDestination DEFAULT_EXPERIMENT =
      new CaseDestination("mlflow-v3", null, null, null, "0");

  /** An experiment of an MLflow tracking server. */
  public static final CaseDestination MLFLOW_V3 =
      new CaseDestination("mlflow-v3", null, null, null, null);

  /** A collector that MLflow's own spans are led to by the variables of OpenTelemetry. */
  public static final CaseDestination MLFLOW_OTLP =
      new CaseDestination("mlflow-otlp", null, null, null, null);

  /** An experiment of a Databricks workspace. */
  public static final CaseDestination DATABRICKS_V3 =
      new CaseDestination("databricks-v3", null, null, null, null);

  /** A collector that takes OTLP over HTTP in protobuf. */
  public static final CaseDestination OTLP_PROTOBUF =
      new CaseDestination("otlp-http-protobuf", null, null, null, null);

  /** A collector that takes OTLP over HTTP in JSON. */
  public static final CaseDestination OTLP_JSON =
      new CaseDestination("otlp-http-json", null, null, null, null);

  /** MLflow's own tables in a schema of Unity Catalog. */
  public static CaseDestination unityCatalog(String catalog, String schema) {
    return new CaseDestination("databricks-uc", catalog, schema, null, null);
  }

  /** Tables of a schema of Unity Catalog that have this prefix. */
  public static CaseDestination unityCatalog(String catalog, String schema, String tablePrefix) {
    return new CaseDestination("databricks-uc", catalog, schema, tablePrefix, null);
  }

  /** Returns whether a Databricks workspace takes the traces. */
  public boolean inDatabricks() {
    return type.startsWith("databricks");
  }

  /** Returns whether the exporter is one of OpenTelemetry's, which knows nothing of MLflow. */
  public boolean isOtlp() {
    return type.startsWith("otlp-");
  }

  /** Returns whether a collector of the case's own takes the spans. */
  public boolean hasCollector() {
    return isOtlp() || type.equals("mlflow-otlp");
  }

  /**
   * Returns the location as it stands in trace ids and paths of Unity Catalog, empty for other
   * types.
   */
  public String location() {
    return catalog == null
        ? ""
        : tablePrefix == null ? catalog + "." + schema : catalog + "." + schema + "." + tablePrefix;
  }

  /** Returns the table that takes the spans, empty for types that have none. */
  public String spansTable() {
    return catalog == null
        ? ""
        : tablePrefix == null
            ? location() + ".mlflow_experiment_trace_otel_spans"
            : location() + "_otel_spans";
  }

  /** Returns the member {@code destination} of {@code open}. */
  public ObjectNode json(String endpoint, String experimentId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type).put("endpoint", endpoint).put("experiment_id", experimentId);
    json.setAll(tables());
    return json;
  }

  /** Returns the member {@code destination} of {@code open} for a collector. */
  public ObjectNode json(String endpoint) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("endpoint", endpoint);
  }

  /** Returns the member {@code destination} of a root span. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", type);
    json.setAll(tables());
    if (experiment != null) {
      json.put("experiment_id", experiment);
    }
    return json;
  }

  private ObjectNode tables() {
    ObjectNode tables = JsonNodeFactory.instance.objectNode();
    if (catalog != null) {
      tables.put("catalog", catalog).put("schema", schema);
    }
    if (tablePrefix != null) {
      tables.put("table_prefix", tablePrefix).put("spans_table", spansTable());
    }
    return tables;
  }
}
