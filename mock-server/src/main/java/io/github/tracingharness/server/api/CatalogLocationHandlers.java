package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.CatalogNames;
import io.github.tracingharness.server.state.ErrorCode;
import io.github.tracingharness.server.state.Experiment;
import io.github.tracingharness.server.state.TrackingException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes locations in Unity Catalog and links experiments to them. */
final class CatalogLocationHandlers {

  private static final BodyReader CREATE = BodyReader.of(
      Schema.of(
          Schema.message("uc_table_prefix", CatalogLocations.TABLE_PREFIX),
          Schema.text("sql_warehouse_id")),
      "uc_table_prefix");
  private static final BodyReader LINK = BodyReader.of(
      Schema.of(
          Schema.text("experiment_id"),
          Schema.message("uc_table_prefix", CatalogLocations.TABLE_PREFIX)),
      "uc_table_prefix");
  private static final String TAG = "mlflow.experiment.databricksTrace";
  private static final String PATH_TAG = TAG + "DestinationPath";

  private CatalogLocationHandlers() {}

  static Reply createOrGet(Call call) {
    UcTablePrefix wanted =
        CatalogLocations.prefix(CREATE.read(call.request()).message("uc_table_prefix"));
    UcTablePrefix named = CatalogNames.prefix(wanted.catalog(), wanted.schema(), wanted.prefix());
    return answer(call.state().catalog().createOrGet(named));
  }

  static Reply get(Call call) {
    return answer(known(call, call.variable("location")));
  }

  static Reply link(Call call) {
    Message said = LINK.read(call.request());
    String id = call.variable("experiment_id");
    if (!said.text("experiment_id").isEmpty() && !said.text("experiment_id").equals(id)) {
      throw TrackingException.invalid("Experiment id '" + said.text("experiment_id")
          + "' in the body does not match '" + id + "' in the path.");
    }
    Experiment experiment = call.state().experiments().get(id);
    UcTablePrefix location =
        known(call, CatalogLocations.prefix(said.message("uc_table_prefix")).name());
    String before = experiment.tags().getOrDefault(PATH_TAG, location.name());
    if (!before.equals(location.name())) {
      throw new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          "Experiment " + id + " is already linked to trace location '" + before + "'.");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(PATH_TAG, location.name());
    tags.put(TAG + "SpanStorageTable", location.spansTable());
    tags.put(TAG + "LogStorageTable", CatalogNames.logsTable(location));
    tags.put(TAG + "AnnotationsTable", CatalogNames.annotationsTable(location));
    call.state().experiments().setTags(id, tags);
    return Replies.emptyObject();
  }

  private static UcTablePrefix known(Call call, String name) {
    return call.state()
        .catalog()
        .location(name)
        .orElseThrow(
            () -> TrackingException.absent("Trace location '" + name + "' does not exist."));
  }

  private static Reply answer(UcTablePrefix location) {
    ObjectNode answer = Json.object();
    ObjectNode names = answer.putObject("uc_table_prefix");
    names.put("catalog_name", location.catalog());
    names.put("schema_name", location.schema());
    names.put("table_prefix", location.prefix());
    names.put("spans_table_name", location.spansTable());
    names.put("logs_table_name", CatalogNames.logsTable(location));
    names.put("annotations_table_name", CatalogNames.annotationsTable(location));
    return Replies.compact(answer);
  }
}
