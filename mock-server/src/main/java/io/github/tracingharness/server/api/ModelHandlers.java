package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.ModelSearch;
import io.github.tracingharness.server.state.RegisteredModel;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registered models; prompts are registered models with a tag. */
final class ModelHandlers {

  private static final long DEFAULT_RESULTS = 100;
  private static final long MAX_RESULTS = 1_000;

  private static final BodyReader CREATE = BodyReader.of(
      Schema.of(
          Schema.text("name"),
          Schema.message("tags", KeyValues.SCHEMA).list(),
          Schema.text("description")),
      "name");
  private static final BodyReader BY_NAME = BodyReader.of(Schema.of(Schema.text("name")), "name");
  private static final BodyReader RENAME =
      BodyReader.of(Schema.of(Schema.text("name"), Schema.text("new_name")), "name", "new_name");
  private static final BodyReader UPDATE =
      BodyReader.of(Schema.of(Schema.text("name"), Schema.text("description")), "name");
  private static final BodyReader SEARCH = BodyReader.of(Schema.of(
      Schema.text("filter"),
      Schema.integer("max_results"),
      Schema.text("order_by").list(),
      Schema.text("page_token")));
  private static final BodyReader SET_TAG = BodyReader.of(
      Schema.of(Schema.text("name"), Schema.text("key"), Schema.text("value")), "name", "key");
  private static final BodyReader DELETE_TAG =
      BodyReader.of(Schema.of(Schema.text("name"), Schema.text("key")), "name", "key");

  private ModelHandlers() {}

  static Reply create(Call call) {
    Message said = CREATE.read(call.request());
    String name = ModelNames.require(said.text("name"));
    Map<String, String> tags = KeyValues.map(said.messages("tags"));
    tags.keySet().forEach(TagKeyCheck::require);
    return wrapped(call.state().models().create(name, said.text("description"), tags));
  }

  static Reply get(Call call) {
    return wrapped(find(call, BY_NAME.read(call.request()).text("name")));
  }

  static Reply rename(Call call) {
    Message said = RENAME.read(call.request());
    return wrapped(call.state()
        .models()
        .rename(ModelNames.require(said.text("name")), ModelNames.require(said.text("new_name"))));
  }

  static Reply update(Call call) {
    Message said = UPDATE.read(call.request());
    return wrapped(call.state()
        .models()
        .describe(ModelNames.require(said.text("name")), said.text("description")));
  }

  static Reply delete(Call call) {
    Message said = BY_NAME.read(call.request());
    call.state().models().delete(ModelNames.require(said.text("name")));
    return Replies.emptyObject();
  }

  static Reply search(Call call) {
    Message said = SEARCH.read(call.request());
    List<RegisteredModel> found = call.state().models().all().stream()
        .filter(ModelSearch.models(said.text("filter")))
        .toList();
    return page("registered_models", found, said, RegistryJson::model);
  }

  static Reply latestVersions(Call call) {
    RegisteredModel model = find(call, BY_NAME.read(call.request()).text("name"));
    ObjectNode answer = Json.object();
    model
        .latest()
        .ifPresent(latest -> answer
            .putArray("model_versions")
            .add(RegistryJson.version(latest, model.aliasesOf(latest.number()))));
    return Replies.pretty(answer);
  }

  static Reply setTag(Call call) {
    Message said = SET_TAG.read(call.request());
    String name = ModelNames.require(said.text("name"));
    TagKeyCheck.require(said.text("key"));
    call.state().models().setTag(name, said.text("key"), said.text("value"));
    return Replies.emptyObject();
  }

  static Reply deleteTag(Call call) {
    Message said = DELETE_TAG.read(call.request());
    String name = ModelNames.require(said.text("name"));
    call.state().models().removeTag(name, said.text("key"));
    return Replies.emptyObject();
  }

  interface Writer<T> {
    ObjectNode write(T item);
  }

  /** One page of what was found; there is a token only if more follows. */
  static <T> Reply page(String member, List<T> found, Message said, Writer<T> writer) {
    long limit = said.number("max_results").orElse(DEFAULT_RESULTS);
    if (limit < 1 || limit > MAX_RESULTS) {
      throw TrackingException.invalid(
          "Invalid value for request parameter max_results. It must be at most " + MAX_RESULTS
              + ", but got value " + limit);
    }
    int offset = (int) Math.min(PageToken.offset(said.text("page_token")), found.size());
    int end = (int) Math.min(offset + limit, found.size());
    ObjectNode answer = Json.object();
    if (end > offset) {
      ArrayNode items = answer.putArray(member);
      found.subList(offset, end).forEach(item -> items.add(writer.write(item)));
    }
    Optional.of(end)
        .filter(next -> next < found.size())
        .ifPresent(next -> answer.put("next_page_token", PageToken.of(next)));
    return Replies.pretty(answer);
  }

  static RegisteredModel find(Call call, String name) {
    return call.state().models().get(ModelNames.require(name));
  }

  private static Reply wrapped(RegisteredModel model) {
    ObjectNode answer = Json.object();
    answer.set("registered_model", RegistryJson.model(model));
    return Replies.pretty(answer);
  }
}
