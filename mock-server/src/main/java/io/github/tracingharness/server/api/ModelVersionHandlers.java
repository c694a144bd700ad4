package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.ModelSearch;
import io.github.tracingharness.server.state.ModelStore;
import io.github.tracingharness.server.state.ModelVersion;
import io.github.tracingharness.server.state.RegisteredModel;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Versions of registered models and prompts, and the aliases that lead to them. */
final class ModelVersionHandlers {

  private static final Set<String> PROMPT_SOURCES = Set.of("prompt-template", "dummy-source");
  private static final String PROMPT_TEXT = "mlflow.prompt.text";
  private static final int MAX_TAG_VALUE = 100_000;
  private static final Comparator<ModelVersion> NEWEST_FIRST = Comparator.comparingLong(
          ModelVersion::lastUpdateTime)
      .reversed()
      .thenComparing(ModelVersion::model)
      .thenComparing(Comparator.comparingInt(ModelVersion::number).reversed());

  private static final BodyReader CREATE = BodyReader.of(
      Schema.of(
          Schema.text("name"),
          Schema.text("source"),
          Schema.text("run_id"),
          Schema.message("tags", KeyValues.SCHEMA).list(),
          Schema.text("run_link"),
          Schema.text("description")),
      "name",
      "source");
  private static final Schema VERSION = Schema.of(Schema.text("name"), Schema.text("version"));
  private static final BodyReader BY_NUMBER = BodyReader.of(VERSION, "name", "version");
  private static final BodyReader UPDATE = BodyReader.of(
      Schema.of(Schema.text("name"), Schema.text("version"), Schema.text("description")),
      "name",
      "version");
  private static final BodyReader SEARCH = BodyReader.of(Schema.of(
      Schema.text("filter"),
      Schema.integer("max_results"),
      Schema.text("order_by").list(),
      Schema.text("page_token")));
  private static final BodyReader SET_TAG = BodyReader.of(
      Schema.of(
          Schema.text("name"), Schema.text("version"), Schema.text("key"), Schema.text("value")),
      "name",
      "version",
      "key");
  private static final BodyReader DELETE_TAG = BodyReader.of(
      Schema.of(Schema.text("name"), Schema.text("version"), Schema.text("key")),
      "name",
      "version",
      "key");
  private static final BodyReader SET_ALIAS = BodyReader.of(
      Schema.of(Schema.text("name"), Schema.text("alias"), Schema.text("version")),
      "name",
      "alias",
      "version");
  private static final BodyReader BY_ALIAS =
      BodyReader.of(Schema.of(Schema.text("name"), Schema.text("alias")), "name", "alias");

  private ModelVersionHandlers() {}

  static Reply create(Call call) {
    Message said = CREATE.read(call.request());
    String source = said.text("source");
    Map<String, String> tags = KeyValues.map(said.messages("tags"));
    if (RegisteredModel.isPrompt(tags) && !PROMPT_SOURCES.contains(source)) {
      throw TrackingException.invalid("Invalid prompt source: '" + source
          + "'. Prompt sources must use an MLflow placeholder.");
    }
    if (!RegisteredModel.isPrompt(tags) && !source.contains(":/")) {
      throw TrackingException.invalid("Invalid model version source: '" + source
          + "'. To use a local path as a model version source, the run_id request parameter has"
          + " to be specified and the local path has to be contained within the artifact"
          + " directory of the run specified by the run_id.");
    }
    String name = ModelNames.require(said.text("name"));
    tags.forEach(ModelVersionHandlers::requireTag);
    return wrapped(
        call,
        call.state()
            .models()
            .createVersion(
                name,
                said.text("description"),
                source,
                said.text("run_id"),
                said.text("run_link"),
                tags));
  }

  static Reply get(Call call) {
    Message said = BY_NUMBER.read(call.request());
    String name = ModelNames.require(said.text("name"));
    return wrapped(
        call, call.state().models().version(name, ModelNames.number(said.text("version"))));
  }

  static Reply update(Call call) {
    Message said = UPDATE.read(call.request());
    String name = ModelNames.require(said.text("name"));
    int number = ModelNames.number(said.text("version"));
    return wrapped(
        call, call.state().models().describeVersion(name, number, said.text("description")));
  }

  static Reply delete(Call call) {
    Message said = BY_NUMBER.read(call.request());
    String name = ModelNames.require(said.text("name"));
    call.state().models().deleteVersion(name, ModelNames.number(said.text("version")));
    return Replies.emptyObject();
  }

  static Reply search(Call call) {
    Message said = SEARCH.read(call.request());
    ModelStore models = call.state().models();
    List<ModelVersion> found = models.all().stream()
        .flatMap(model -> model.versions().stream())
        .filter(ModelSearch.versions(said.text("filter")))
        .sorted(NEWEST_FIRST)
        .toList();
    return ModelHandlers.page("model_versions", found, said, version -> json(call, version));
  }

  static Reply setTag(Call call) {
    Message said = SET_TAG.read(call.request());
    String name = ModelNames.require(said.text("name"));
    int number = ModelNames.number(said.text("version"));
    requireTag(said.text("key"), said.text("value"));
    call.state().models().setVersionTag(name, number, said.text("key"), said.text("value"));
    return Replies.emptyObject();
  }

  static Reply deleteTag(Call call) {
    Message said = DELETE_TAG.read(call.request());
    String name = ModelNames.require(said.text("name"));
    int number = ModelNames.number(said.text("version"));
    call.state().models().removeVersionTag(name, number, said.text("key"));
    return Replies.emptyObject();
  }

  static Reply setAlias(Call call) {
    Message said = SET_ALIAS.read(call.request());
    String name = ModelNames.require(said.text("name"));
    String alias = ModelNames.newAlias(said.text("alias"));
    call.state().models().setAlias(name, alias, ModelNames.number(said.text("version")));
    return Replies.emptyObject();
  }

  static Reply deleteAlias(Call call) {
    Message said = BY_ALIAS.read(call.request());
    String name = ModelNames.require(said.text("name"));
    call.state().models().removeAlias(name, ModelNames.alias(said.text("alias")));
    return Replies.emptyObject();
  }

  static Reply getByAlias(Call call) {
    Message said = BY_ALIAS.read(call.request());
    RegisteredModel model = ModelHandlers.find(call, said.text("name"));
    String alias = ModelNames.alias(said.text("alias"));
    if (alias.equalsIgnoreCase("latest")) {
      return wrapped(
          call,
          model
              .latest()
              .orElseThrow(() -> TrackingException.absent(
                  "Latest version not found for model " + model.name() + ".")));
    }
    Integer number = model.aliases().get(alias);
    if (number == null) {
      throw TrackingException.invalid("Registered model alias " + alias + " not found.");
    }
    return wrapped(call, call.state().models().version(model.name(), number));
  }

  private static void requireTag(String key, String value) {
    TagKeyCheck.require(key);
    if (value.codePointCount(0, value.length()) > MAX_TAG_VALUE) {
      throw TrackingException.invalid(
          key.equals(PROMPT_TEXT)
              ? "Prompt text exceeds max length of " + MAX_TAG_VALUE + " characters."
              : "'value' exceeds the maximum length of " + MAX_TAG_VALUE + " characters");
    }
  }

  private static Reply wrapped(Call call, ModelVersion version) {
    ObjectNode answer = Json.object();
    answer.set("model_version", json(call, version));
    return Replies.pretty(answer);
  }

  private static ObjectNode json(Call call, ModelVersion version) {
    List<String> aliases = call.state().models().get(version.model()).aliasesOf(version.number());
    return RegistryJson.version(version, aliases);
  }
}
