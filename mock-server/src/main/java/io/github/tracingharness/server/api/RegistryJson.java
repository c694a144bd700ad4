package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.state.ModelVersion;
import io.github.tracingharness.server.state.RegisteredModel;
import java.util.List;

/** Registered models, prompts and their versions in JSON. */
final class RegistryJson {

  private RegistryJson() {}

  static ObjectNode model(RegisteredModel model) {
    ObjectNode json = Json.object();
    json.put("name", model.name());
    json.put("creation_timestamp", model.creationTime());
    json.put("last_updated_timestamp", model.lastUpdateTime());
    if (!model.description().isEmpty()) {
      json.put("description", model.description());
    }
    model
        .latest()
        .ifPresent(latest -> json.putArray("latest_versions").add(version(latest, List.of())));
    KeyValues.put(json, "tags", model.tags());
    if (!model.aliases().isEmpty()) {
      ArrayNode aliases = json.putArray("aliases");
      model
          .aliases()
          .forEach((alias, number) ->
              aliases.addObject().put("alias", alias).put("version", Integer.toString(number)));
    }
    return json;
  }

  static ObjectNode version(ModelVersion version, List<String> aliases) {
    ObjectNode json = Json.object();
    json.put("name", version.model());
    json.put("version", Integer.toString(version.number()));
    json.put("creation_timestamp", version.creationTime());
    json.put("last_updated_timestamp", version.lastUpdateTime());
    json.put("current_stage", "None");
    json.put("description", version.description());
    json.put("source", version.source());
    json.put("run_id", version.runId());
    json.put("status", "READY");
    KeyValues.put(json, "tags", version.tags());
    json.put("run_link", version.runLink());
    if (!aliases.isEmpty()) {
      ArrayNode names = json.putArray("aliases");
      aliases.forEach(names::add);
    }
    return json;
  }
}
