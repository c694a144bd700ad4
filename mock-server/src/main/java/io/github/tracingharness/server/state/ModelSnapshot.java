package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;

/** Registered models and prompts in an exported state. */
final class ModelSnapshot {

  private ModelSnapshot() {}

  static ObjectNode write(RegisteredModel model) {
    ObjectNode json = Json.object();
    json.put("name", model.name());
    json.put("creation_time", model.creationTime());
    json.put("last_update_time", model.lastUpdateTime());
    json.put("description", model.description());
    TraceSnapshot.putTexts(json, "tags", model.tags());
    model.aliases().forEach(json.putObject("aliases")::put);
    json.put("last_version", model.lastVersion());
    ArrayNode versions = json.putArray("versions");
    for (ModelVersion version : model.versions()) {
      ObjectNode entry = versions.addObject();
      entry.put("number", version.number());
      entry.put("creation_time", version.creationTime());
      entry.put("last_update_time", version.lastUpdateTime());
      entry.put("description", version.description());
      entry.put("source", version.source());
      entry.put("run_id", version.runId());
      entry.put("run_link", version.runLink());
      TraceSnapshot.putTexts(entry, "tags", version.tags());
    }
    return json;
  }

  static RegisteredModel read(SnapshotReader json) {
    String name = json.text("name");
    return new RegisteredModel(
        name,
        json.number("creation_time"),
        json.number("last_update_time"),
        json.text("description"),
        json.texts("tags"),
        json.counts("aliases"),
        json.objects("versions", version -> version(name, version)),
        json.count("last_version"));
  }

  private static ModelVersion version(String model, SnapshotReader json) {
    return new ModelVersion(
        model,
        json.count("number"),
        json.number("creation_time"),
        json.number("last_update_time"),
        json.text("description"),
        json.text("source"),
        json.text("run_id"),
        json.text("run_link"),
        json.texts("tags"));
  }
}
