package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables of Unity Catalog that a trace belongs to, as the case's commands name them.
 *
 * @param name how trace ids and paths name them: parts joined by dots
 * @param spansTable fully qualified name of the table of the spans
 * @param prefix what the names of the tables begin with, or null
 */
record CatalogLocation(
    String catalog, String schema, @Nullable String prefix, String name, String spansTable) {

  /** Returns the location of the trace of every span by the span's ref. */
  static Map<String, CatalogLocation> byRef(CaseHistory history) {
    CatalogLocation session = of(history.commands("open").stream()
        .map(c -> c.body().path("destination"))
        .findFirst()
        .orElse(MissingNode.getInstance()));
    Map<String, CatalogLocation> own = new HashMap<>();
    for (Command command : history.commands("emit")) {
      for (JsonNode span : command.body().path("spans")) {
        if (span.has("destination")) {
          own.put(span.path("ref").asText(), of(span.get("destination")));
        } else if (own.containsKey(span.path("parent").asText())) {
          own.put(span.path("ref").asText(), own.get(span.path("parent").asText()));
        }
      }
    }
    Map<String, CatalogLocation> locations = new HashMap<>();
    for (String ref : history.refs().keySet()) {
      locations.put(ref, own.getOrDefault(withoutRepetition(ref), session));
    }
    return locations;
  }

  private static String withoutRepetition(String ref) {
    int hash = ref.indexOf('#');
    return hash < 0 ? ref : ref.substring(0, hash);
  }

  private static CatalogLocation of(JsonNode destination) {
    String catalog = destination.path("catalog").asText();
    String schema = destination.path("schema").asText();
    String name = catalog + "." + schema;
    if (!destination.hasNonNull("table_prefix")) {
      return new CatalogLocation(
          catalog, schema, null, name, name + ".mlflow_experiment_trace_otel_spans");
    }
    String prefix = destination.get("table_prefix").asText();
    return new CatalogLocation(
        catalog,
        schema,
        prefix,
        name + "." + prefix,
        destination.path("spans_table").asText());
  }

  /** Returns the id that the tracing API has for a trace that is stored here. */
  String traceId(SpanIds ids) {
    return "trace:/" + name + "/" + ids.traceHex();
  }
}
