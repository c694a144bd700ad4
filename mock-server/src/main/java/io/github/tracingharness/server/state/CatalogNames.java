package io.github.tracingharness.server.state;

import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of tables and locations in Unity Catalog. */
public final class CatalogNames {

  private static final Pattern LOCATION = Pattern.compile("([^./]+)\\.([^./]+)(?:\\.([^./]+))?");
  private static final Pattern TABLE = Pattern.compile("([^./]+)\\.([^./]+)\\.([^./]+)");
  private static final String SPANS_SUFFIX = "_otel_spans";

  private CatalogNames() {}

  /**
   * Reads the name of a location as it stands in trace ids and paths.
   *
   * @param name {@code catalog.schema} or {@code catalog.schema.prefix}
   * @return the location with the tables that it has by default, or empty
   */
  public static Optional<UnityCatalog> location(String name) {
    Matcher parts = LOCATION.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.group(3) == null
            ? new UcSchema(parts.group(1), parts.group(2))
            : prefix(parts.group(1), parts.group(2), parts.group(3)));
  }

  /**
   * The location of a table prefix, with the tables that it has by default.
   *
   * @param catalog the catalog
   * @param schema the schema
   * @param prefix the prefix
   * @return the location
   */
  public static UcTablePrefix prefix(String catalog, String schema, String prefix) {
    return new UcTablePrefix(
        catalog, schema, prefix, catalog + "." + schema + "." + prefix + SPANS_SUFFIX);
  }

  /**
   * The table that takes the logs of a location.
   *
   * @param location the location
   * @return its full name
   */
  public static String logsTable(UcTablePrefix location) {
    return location.name() + "_otel_logs";
  }

  /**
   * The table that takes the annotations of a location.
   *
   * @param location the location
   * @return its full name
   */
  public static String annotationsTable(UcTablePrefix location) {
    return location.name() + "_otel_annotations";
  }

  /**
   * Tells whether a text is the full name of a table.
   *
   * @param table the text
   * @return true for {@code catalog.schema.table}
   */
  public static boolean isTable(String table) {
    return TABLE.matcher(table).matches();
  }

  /** The location whose spans such a table takes; of an unusual name the table is the prefix. */
  static TraceLocation.UnityCatalog ofTable(String table) {
    Matcher parts = TABLE.matcher(table);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not the full name of a table: " + table);
    }
    UcSchema schema = new UcSchema(parts.group(1), parts.group(2));
    if (schema.spansTable().equals(table)) {
      return schema;
    }
    String name = parts.group(3);
    String prefix = name.endsWith(SPANS_SUFFIX) && name.length() > SPANS_SUFFIX.length()
        ? name.substring(0, name.length() - SPANS_SUFFIX.length())
        : name;
    return new UcTablePrefix(parts.group(1), parts.group(2), prefix, table);
  }
}
