package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A whole state as JSON: experiments, traces with spans and assessments, runs, registered models
 * and prompts, files, and what is in Unity Catalog. Tokens and half uploads are not in it.
 */
final class Snapshot {

  static final String FORMAT = "tracing-harness-state/1";

  private Snapshot() {}

  static ObjectNode write(TrackingState state) {
    ObjectNode json = Json.object();
    json.put("format", FORMAT);
    json.put("next_experiment_id", state.experiments().nextId());
    ArrayNode experiments = json.putArray("experiments");
    state.experiments().all().forEach(experiment -> experiments.add(write(experiment)));
    ArrayNode traces = json.putArray("traces");
    state.traces().all().forEach(trace -> traces.add(TraceSnapshot.write(trace)));
    ArrayNode runs = json.putArray("runs");
    state.runs().all().forEach(run -> runs.add(write(run)));
    ArrayNode models = json.putArray("models");
    state.models().all().forEach(model -> models.add(ModelSnapshot.write(model)));
    ArrayNode files = json.putArray("files");
    state
        .artifacts()
        .all()
        .forEach((path, bytes) -> files
            .addObject()
            .put("path", path)
            .put("base64", Base64.getEncoder().encodeToString(bytes)));
    json.set("catalog", CatalogSnapshot.write(state.catalog().content()));
    return json;
  }

  /** What was read, not yet put into a state: so a wrong snapshot changes nothing. */
  record Content(
      int nextExperimentId,
      List<Experiment> experiments,
      List<TraceEntry> traces,
      List<Run> runs,
      List<RegisteredModel> models,
      List<Map.Entry<String, byte[]>> files,
      CatalogSnapshot.Content catalog) {}

  static Content read(JsonNode node) {
    SnapshotReader json = new SnapshotReader("state", node);
    if (!json.text("format").equals(FORMAT)) {
      throw json.wrong("format", FORMAT);
    }
    return new Content(
        json.count("next_experiment_id"),
        json.objects("experiments", Snapshot::experiment),
        json.objects("traces", TraceSnapshot::read),
        json.objects("runs", Snapshot::run),
        json.objects("models", ModelSnapshot::read),
        json.objects("files", Snapshot::file),
        json.has("catalog")
            ? CatalogSnapshot.read(json.object("catalog", "catalog"))
            : CatalogSnapshot.Content.EMPTY);
  }

  private static ObjectNode write(Experiment experiment) {
    ObjectNode json = Json.object();
    json.put("id", experiment.id());
    json.put("name", experiment.name());
    json.put("chosen_location", experiment.chosenLocation());
    json.put("active", experiment.active());
    json.put("creation_time", experiment.creationTime());
    json.put("last_update_time", experiment.lastUpdateTime());
    TraceSnapshot.putTexts(json, "tags", experiment.tags());
    return json;
  }

  private static Experiment experiment(SnapshotReader json) {
    if (!json.text("id").matches("0|[1-9][0-9]{0,17}")) {
      throw json.wrong("id", "a decimal number");
    }
    return new Experiment(
        json.text("id"),
        json.text("name"),
        Backend.MLFLOW,
        json.optionalText("chosen_location"),
        json.flag("active"),
        json.number("creation_time"),
        json.number("last_update_time"),
        json.texts("tags"));
  }

  private static ObjectNode write(Run run) {
    ObjectNode json = Json.object();
    json.put("id", run.id());
    json.put("experiment_id", run.experimentId());
    json.put("name", run.name());
    json.put("user_id", run.userId());
    json.put("status", run.status());
    json.put("start_time", run.startTime());
    json.put("end_time", run.endTime());
    json.put("artifact_uri", run.artifactUri());
    json.put("active", run.active());
    TraceSnapshot.putTexts(json, "tags", run.tags());
    return json;
  }

  private static Run run(SnapshotReader json) {
    if (!RunStore.STATUSES.contains(json.text("status"))) {
      throw json.wrong("status", "one of " + RunStore.STATUSES);
    }
    return new Run(
        json.text("id"),
        json.text("experiment_id"),
        json.text("name"),
        json.text("user_id"),
        json.text("status"),
        json.number("start_time"),
        json.optionalNumber("end_time"),
        json.text("artifact_uri"),
        json.flag("active"),
        json.texts("tags"));
  }

  private static Map.Entry<String, byte[]> file(SnapshotReader json) {
    String path = json.text("path");
    String coded = json.text("base64");
    try {
      return Map.entry(path, Base64.getDecoder().decode(coded));
    } catch (IllegalArgumentException notBase64) {
      throw json.wrong("base64", "base64");
    }
  }
}
