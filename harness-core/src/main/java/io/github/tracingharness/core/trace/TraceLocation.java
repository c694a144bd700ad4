package io.github.tracingharness.core.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
      return tree("MLFLOW_EXPERIMENT", "mlflow_experiment", Map.of("experiment_id", experimentId));
    }
  }

  /**
   * An experiment of which only the name is known yet. Nothing is sent with it: the exporter asks
   * the server for its id first.
   *
   * @param name name of the experiment
   * @param expectedId id that the experiment must have, or empty for any
   */
  record ExperimentName(String name, Optional<String> expectedId) implements TraceLocation {

    /** Checks that there is a name. */
    public ExperimentName {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expectedId, "expectedId");
    }

    @Override
    public Map<String, Object> toTree() {
      return tree("MLFLOW_EXPERIMENT", "mlflow_experiment", Map.of("experiment_name", name));
    }
  }

  /** Tables of Databricks Unity Catalog. */
  sealed interface UnityCatalog extends TraceLocation {

    /** Returns the name that trace ids and request paths have: parts joined by dots. */
    String name();

    /** Returns the fully qualified name of the table that takes the spans. */
    String spansTable();
  }

  /**
   * A schema of Unity Catalog with the tables that MLflow makes in it.
   *
   * @param catalog name of the catalog
   * @param schema name of the schema
   */
  record UcSchema(String catalog, String schema) implements UnityCatalog {

    private static final String SPANS_TABLE = "mlflow_experiment_trace_otel_spans";
    private static final String LOGS_TABLE = "mlflow_experiment_trace_otel_logs";

    /** Checks that there are both names. */
    public UcSchema {
      Objects.requireNonNull(catalog, "catalog");
      Objects.requireNonNull(schema, "schema");
    }

    @Override
    public String name() {
      return catalog + "." + schema;
    }

    @Override
    public String spansTable() {
      return name() + "." + SPANS_TABLE;
    }

    @Override
    public Map<String, Object> toTree() {
      Map<String, Object> names = new LinkedHashMap<>();
      names.put("catalog_name", catalog);
      names.put("schema_name", schema);
      names.put("otel_spans_table_name", SPANS_TABLE);
      names.put("otel_logs_table_name", LOGS_TABLE);
      return tree("UC_SCHEMA", "uc_schema", names);
    }
  }

  /**
   * Tables of a schema whose names begin with a prefix of the application's choice.
   *
   * @param catalog name of the catalog
   * @param schema name of the schema
   * @param prefix what the names of the tables begin with
   * @param spansTable fully qualified name of the table that takes the spans, as the server says
   */
  record UcTablePrefix(String catalog, String schema, String prefix, String spansTable)
      implements UnityCatalog {

    /** Checks that there are all names. */
    public UcTablePrefix {
      Objects.requireNonNull(catalog, "catalog");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(spansTable, "spansTable");
    }

    @Override
    public String name() {
      return catalog + "." + schema + "." + prefix;
    }

    @Override
    public Map<String, Object> toTree() {
      Map<String, Object> names = new LinkedHashMap<>();
      names.put("catalog_name", catalog);
      names.put("schema_name", schema);
      names.put("table_prefix", prefix);
      names.put("spans_table_name", spansTable);
      return tree("UC_TABLE_PREFIX", "uc_table_prefix", names);
    }
  }

  private static Map<String, Object> tree(String type, String key, Map<String, ?> names) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type);
    tree.put(key, names);
    return tree;
  }
}
