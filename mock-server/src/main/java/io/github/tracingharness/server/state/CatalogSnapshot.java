package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import io.github.tracingharness.server.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Unity Catalog in an exported state: locations, rows of tables, infos of traces, prompts. */
final class CatalogSnapshot {

  private CatalogSnapshot() {}

  /**
   * All that a {@link CatalogStore} holds.
   *
   * @param locations those that were made
   * @param rows the rows of all tables in order of arrival
   * @param infos the infos, without spans
   * @param prompts the prompts of each trace id
   */
  record Content(
      List<UcTablePrefix> locations,
      List<CatalogStore.Row> rows,
      List<TraceEntry> infos,
      Map<String, Set<PromptLink>> prompts) {

    static final Content EMPTY = new Content(List.of(), List.of(), List.of(), Map.of());
  }

  static ObjectNode write(Content content) {
    ObjectNode json = Json.object();
    ArrayNode locations = json.putArray("locations");
    content.locations().forEach(location -> write(location, locations.addObject()));
    ArrayNode rows = json.putArray("rows");
    for (CatalogStore.Row row : content.rows()) {
      rows.addObject().put("table", row.table()).set("span", TraceSnapshot.write(row.span()));
    }
    ArrayNode infos = json.putArray("infos");
    content.infos().forEach(info -> infos.add(TraceSnapshot.write(info)));
    ArrayNode prompts = json.putArray("prompts");
    content.prompts().forEach((trace, links) -> {
      ObjectNode entry = prompts.addObject().put("trace_id", trace);
      TraceSnapshot.write(links, entry.putArray("links"));
    });
    return json;
  }

  static Content read(SnapshotReader json) {
    Map<String, Set<PromptLink>> prompts = new LinkedHashMap<>();
    json.objects("prompts", entry -> entry)
        .forEach(entry -> prompts.put(
            entry.text("trace_id"),
            new LinkedHashSet<>(entry.objects("links", TraceSnapshot::prompt))));
    return new Content(
        json.objects("locations", CatalogSnapshot::prefix),
        json.objects("rows", CatalogSnapshot::row),
        json.objects("infos", CatalogSnapshot::info),
        prompts);
  }

  static void write(UnityCatalog location, ObjectNode into) {
    into.put("location", location.name());
    into.put("spans_table", location.spansTable());
  }

  static UnityCatalog location(SnapshotReader json) {
    UnityCatalog location = CatalogNames.location(json.text("location"))
        .orElseThrow(() -> json.wrong("location", "catalog.schema or catalog.schema.prefix"));
    return location instanceof UcTablePrefix prefix
        ? new UcTablePrefix(prefix.catalog(), prefix.schema(), prefix.prefix(), table(json))
        : location;
  }

  private static UcTablePrefix prefix(SnapshotReader json) {
    if (location(json) instanceof UcTablePrefix prefix) {
      return prefix;
    }
    throw json.wrong("location", "catalog.schema.prefix");
  }

  private static String table(SnapshotReader json) {
    String table = json.text("spans_table");
    if (!CatalogNames.isTable(table)) {
      throw json.wrong("spans_table", "the full name of a table");
    }
    return table;
  }

  private static CatalogStore.Row row(SnapshotReader json) {
    String table = json.text("table");
    if (!CatalogNames.isTable(table)) {
      throw json.wrong("table", "the full name of a table");
    }
    return new CatalogStore.Row(table, TraceSnapshot.span(json.object("span", "span")));
  }

  private static TraceEntry info(SnapshotReader json) {
    TraceEntry info = TraceSnapshot.read(json);
    if (info.location() instanceof UnityCatalog) {
      return info;
    }
    throw json.wrong("location", "in Unity Catalog");
  }
}
