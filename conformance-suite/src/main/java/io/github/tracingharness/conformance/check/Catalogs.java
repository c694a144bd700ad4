package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Statements about traces whose place is in Unity Catalog: ids, tables, and the trace info. */
public final class Catalogs {

  private static final String TABLE = "X-Databricks-UC-Table-Name";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  private Catalogs() {}

  /** Selects the requests that carry spans for a table. */
  public static Requests spansTo(String table) {
    return Requests.requests(Endpoints.UC_SPANS)
        .where("for table " + table, e -> table.equals(e.header(TABLE)));
  }

  /** Every trace has the id {@code trace:/<location>/<32 hex>} of its own location. */
  public static Check traceIdsNameTheLocation() {
    return history -> {
      Map<String, CatalogLocation> locations = CatalogLocation.byRef(history);
      for (Map.Entry<String, SpanIds> ref : history.refs().entrySet()) {
        SpanIds ids = ref.getValue();
        String expected = location(locations, ref.getKey()).traceId(ids);
        if (!ids.trace().equals(expected) || !HEX.matcher(ids.traceHex()).matches()) {
          return Finding.unmet(
              "the trace of %s to have the id %s".formatted(ref.getKey(), expected),
              ids.trace(),
              Finding.requests(history));
        }
      }
      return history.refs().isEmpty()
          ? Finding.unmet("traces with ids", "none", Finding.requests(history))
          : CheckResult.met("every trace id names its location");
    };
  }

  /** Every span that a table was sent names, in its request's header, its trace's own table. */
  public static Check eachSpanToItsTable() {
    return history -> {
      Map<String, String> tables = new HashMap<>();
      Map<String, CatalogLocation> locations = CatalogLocation.byRef(history);
      history
          .refs()
          .forEach((ref, ids) -> tables.put(ids.span(), location(locations, ref).spansTable()));
      List<WireSpan> sent = sent(history);
      for (WireSpan span : sent) {
        String table = span.exchange().header(TABLE);
        if (table == null || !table.equals(tables.get(span.spanId()))) {
          return Finding.unmet(
              "span %s in a request with %s: %s"
                  .formatted(span.name(), TABLE, tables.get(span.spanId())),
              table == null ? "no such header" : table,
              span.describe());
        }
      }
      return sent.isEmpty()
          ? Finding.unmet("spans for tables", "none", Finding.requests(history))
          : CheckResult.met("%d spans, each for the table of its trace".formatted(sent.size()));
    };
  }

  /** The trace info of a trace goes to the path of its location and id. */
  public static Check infoPath(String ref) {
    return history -> {
      String path = "/api/4.0/mlflow/traces/%s/%s/info"
          .formatted(
              location(CatalogLocation.byRef(history), ref).name(),
              history.refs().getOrDefault(ref, new SpanIds("", "")).traceHex());
      return Requests.requests(Endpoints.UC_TRACE_INFO)
          .ofTrace(ref)
          .path(Pattern.compile(Pattern.quote(path)))
          .judge(history);
    };
  }

  /** The body is the trace info itself, and its id is the hex digits alone. */
  public static Check infoIsBare(String ref) {
    return history -> TraceInfoField.traceInfo(ref, "/trace_id")
        .is(history.refs().getOrDefault(ref, new SpanIds("", "")).traceHex())
        .judge(history);
  }

  /** The trace info names the catalog, the schema, and the prefix where there is one. */
  public static Check infoNamesTheLocation(String ref) {
    return history -> {
      CatalogLocation location = location(CatalogLocation.byRef(history), ref);
      boolean prefixed = location.prefix() != null;
      ObjectNode names = JsonNodeFactory.instance
          .objectNode()
          .put("catalog_name", location.catalog())
          .put("schema_name", location.schema());
      if (prefixed) {
        names.put("table_prefix", location.prefix());
      }
      String type = prefixed ? "UC_TABLE_PREFIX" : "UC_SCHEMA";
      return TraceInfoField.traceInfo(ref, "/trace_location")
          .that(
              "of type %s with %s".formatted(type, names),
              found -> found.path("type").asText().equals(type)
                  && hasAll(found.path(prefixed ? "uc_table_prefix" : "uc_schema"), names))
          .judge(history);
    };
  }

  private static boolean hasAll(JsonNode found, ObjectNode expected) {
    return expected.properties().stream().allMatch(m -> m.getValue().equals(found.get(m.getKey())));
  }

  private static CatalogLocation location(Map<String, CatalogLocation> locations, String ref) {
    return locations.getOrDefault(ref, new CatalogLocation("", "", null, "?", "?"));
  }

  private static List<WireSpan> sent(CaseHistory history) {
    return WireSpan.all(history).stream()
        .filter(s -> s.storage() == Storage.TABLE)
        .toList();
  }
}
