package io.github.tracingharness.server.api;

import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import io.github.tracingharness.server.state.CatalogNames;
import io.github.tracingharness.server.state.TrackingException;

/** Locations in Unity Catalog in JSON. */
final class CatalogLocations {

  private enum Type {
    TRACE_LOCATION_TYPE_UNSPECIFIED,
    MLFLOW_EXPERIMENT,
    INFERENCE_TABLE,
    UC_SCHEMA,
    UC_TABLE_PREFIX
  }

  static final Schema TABLE_PREFIX = Schema.of(
      Schema.text("catalog_name"),
      Schema.text("schema_name"),
      Schema.text("table_prefix"),
      Schema.text("spans_table_name"),
      Schema.text("logs_table_name"),
      Schema.text("annotations_table_name"));
  static final Schema LOCATION = Schema.of(
      Schema.enumeration("type", Type.values()),
      Schema.message("mlflow_experiment", StartTraceHandler.EXPERIMENT),
      Schema.message(
          "uc_schema",
          Schema.of(
              Schema.text("catalog_name"),
              Schema.text("schema_name"),
              Schema.text("otel_spans_table_name"),
              Schema.text("otel_logs_table_name"))),
      Schema.message("uc_table_prefix", TABLE_PREFIX));

  private CatalogLocations() {}

  static UnityCatalog read(Message location) {
    String type = location.text("type");
    if (type.equals("UC_SCHEMA") && location.has("uc_schema")) {
      Message schema = location.message("uc_schema");
      return new UcSchema(
          required(schema, "uc_schema", "catalog_name"),
          required(schema, "uc_schema", "schema_name"));
    }
    if (type.equals("UC_TABLE_PREFIX") && location.has("uc_table_prefix")) {
      return prefix(location.message("uc_table_prefix"));
    }
    throw TrackingException.invalid("Trace location must be uc_schema with type UC_SCHEMA or"
        + " uc_table_prefix with type UC_TABLE_PREFIX, not type '" + type + "'.");
  }

  /** A prefix; the table of the spans is the one that is named, or else the default one. */
  static UcTablePrefix prefix(Message said) {
    UcTablePrefix named = CatalogNames.prefix(
        required(said, "uc_table_prefix", "catalog_name"),
        required(said, "uc_table_prefix", "schema_name"),
        required(said, "uc_table_prefix", "table_prefix"));
    return said.optionalText("spans_table_name")
        .filter(table -> !table.isEmpty())
        .map(table -> new UcTablePrefix(named.catalog(), named.schema(), named.prefix(), table))
        .orElse(named);
  }

  private static String required(Message message, String parent, String name) {
    return message
        .optionalText(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> BodyReader.missing(parent + "." + name));
  }
}
