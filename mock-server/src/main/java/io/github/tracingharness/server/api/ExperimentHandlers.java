package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.Experiment;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Map;

/** Experiments. */
final class ExperimentHandlers {

  private static final BodyReader CREATE = BodyReader.of(
      Schema.of(
          Schema.text("name"),
          Schema.text("artifact_location"),
          Schema.message("tags", KeyValues.SCHEMA).list()),
      "name");
  private static final BodyReader BY_ID =
      BodyReader.of(Schema.of(Schema.text("experiment_id")), "experiment_id");
  private static final BodyReader BY_NAME =
      BodyReader.of(Schema.of(Schema.text("experiment_name")), "experiment_name");
  private static final BodyReader UPDATE = BodyReader.of(
      Schema.of(Schema.text("experiment_id"), Schema.text("new_name")),
      "experiment_id",
      "new_name");

  private static final BodyReader SET_TAG = BodyReader.of(
      Schema.of(Schema.text("experiment_id"), Schema.text("key"), Schema.text("value")),
      "experiment_id",
      "key");
  private static final BodyReader DELETE_TAG = BodyReader.of(
      Schema.of(Schema.text("experiment_id"), Schema.text("key")), "experiment_id", "key");
  private static final int MAX_TAG_VALUE = 20_000;

  private ExperimentHandlers() {}

  static Reply create(Call call) {
    Message said = CREATE.read(call.request());
    Map<String, String> tags = KeyValues.map(said.messages("tags"));
    tags.keySet().forEach(TagKeyCheck::require);
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

  static Reply setTag(Call call) {
    Message said = SET_TAG.read(call.request());
    String value = said.text("value");
    TagKeyCheck.require(said.text("key"));
    if (value.codePointCount(0, value.length()) > MAX_TAG_VALUE) {
      throw TrackingException.invalid(
          "'value' exceeds the maximum length of " + MAX_TAG_VALUE + " characters");
    }
    String id = call.state().experiments().getActive(said.text("experiment_id")).id();
    call.state().experiments().setTags(id, Map.of(said.text("key"), value));
    return Replies.emptyObject();
  }

  static Reply deleteTag(Call call) {
    Message said = DELETE_TAG.read(call.request());
    call.state().experiments().removeTag(said.text("experiment_id"), said.text("key"));
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
    KeyValues.put(json, "tags", experiment.tags());
    json.put("workspace", "default");
    return json;
  }

  private static Reply wrapped(Experiment experiment) {
    ObjectNode answer = Json.object();
    answer.set("experiment", json(experiment));
    return Replies.pretty(answer);
  }
}
