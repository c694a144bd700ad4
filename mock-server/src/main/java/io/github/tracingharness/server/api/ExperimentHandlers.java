package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.Experiment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Experiments. */
final class ExperimentHandlers {

  private static final Schema KEY_VALUE = Schema.of(Schema.text("key"), Schema.text("value"));
  private static final BodyReader CREATE = BodyReader.of(
      Schema.of(
          Schema.text("name"),
          Schema.text("artifact_location"),
          Schema.message("tags", KEY_VALUE).list()),
      "name");
  private static final BodyReader BY_ID =
      BodyReader.of(Schema.of(Schema.text("experiment_id")), "experiment_id");
  private static final BodyReader BY_NAME =
      BodyReader.of(Schema.of(Schema.text("experiment_name")), "experiment_name");
  private static final BodyReader UPDATE = BodyReader.of(
      Schema.of(Schema.text("experiment_id"), Schema.text("new_name")),
      "experiment_id",
      "new_name");

  private ExperimentHandlers() {}

  static Reply create(Call call) {
    Message said = CREATE.read(call.request());
    Map<String, String> tags = new LinkedHashMap<>();
    said.messages("tags").forEach(tag -> tags.put(tag.text("key"), tag.text("value")));
    Experiment created = call.state()
        .experiments()
        .create(
            said.text("name"),
            said.optionalText("artifact_location")
                .filter(location -> !location.isEmpty())
                .orElse(null),
            tags);
    ObjectNode answer = Json.object();
    answer.put("experiment_id", created.id());
    return Replies.pretty(answer);
  }

  static Reply get(Call call) {
    String id = BY_ID.read(call.request()).text("experiment_id");
    return wrapped(call.state().experiments().get(id));
  }

  static Reply getByName(Call call) {
    String name = BY_NAME.read(call.request()).text("experiment_name");
    return wrapped(call.state().experiments().getByName(name));
  }

  static Reply delete(Call call) {
    call.state().experiments().setActive(BY_ID.read(call.request()).text("experiment_id"), false);
    return Replies.emptyObject();
  }

  static Reply restore(Call call) {
    call.state().experiments().setActive(BY_ID.read(call.request()).text("experiment_id"), true);
    return Replies.emptyObject();
  }

  static Reply update(Call call) {
    Message said = UPDATE.read(call.request());
    call.state().experiments().rename(said.text("experiment_id"), said.text("new_name"));
    return Replies.emptyObject();
  }

  static ObjectNode json(Experiment experiment) {
    ObjectNode json = Json.object();
    json.put("experiment_id", experiment.id());
    json.put("name", experiment.name());
    json.put("artifact_location", experiment.artifactLocation());
    json.put("lifecycle_stage", experiment.active() ? "active" : "deleted");
    json.put("last_update_time", experiment.lastUpdateTime());
    json.put("creation_time", experiment.creationTime());
    if (!experiment.tags().isEmpty()) {
      ArrayNode tags = json.putArray("tags");
      experiment
          .tags()
          .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    }
    json.put("workspace", "default");
    return json;
  }

  private static Reply wrapped(Experiment experiment) {
    ObjectNode answer = Json.object();
    answer.set("experiment", json(experiment));
    return Replies.pretty(answer);
  }
}
