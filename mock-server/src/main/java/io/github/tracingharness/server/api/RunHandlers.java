package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.RunSearch;
import io.github.tracingharness.server.state.Run;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;

/** Runs: made, read, changed, searched, tagged, deleted. */
final class RunHandlers {

  private static final long MAX_RESULTS = 50_000;
  private static final long DEFAULT_RESULTS = 1_000;

  private static final BodyReader CREATE = BodyReader.of(Schema.of(
      Schema.text("experiment_id"),
      Schema.text("user_id").checkedAs(FieldCheck.NONE),
      Schema.text("run_name"),
      Schema.integer("start_time"),
      Schema.message("tags", KeyValues.SCHEMA).list().checkedAs(FieldCheck.NONE)));
  private static final BodyReader BY_ID =
      BodyReader.of(Schema.of(Schema.text("run_id"), Schema.text("run_uuid")), "run_id");
  private static final BodyReader UPDATE = BodyReader.of(
      Schema.of(
          Schema.text("run_id"),
          Schema.integer("end_time"),
          Schema.enumeration("status", Status.values()).checkedAs(FieldCheck.TEXT),
          Schema.text("run_name")),
      "run_id");
  private static final BodyReader SEARCH = BodyReader.of(Schema.of(
          Schema.text("experiment_ids").list().checkedAs(FieldCheck.LIST),
          Schema.text("filter"),
          Schema.enumeration("run_view_type", SearchExperimentsHandler.ViewType.values()),
          Schema.integer("max_results"),
          Schema.text("order_by").list(),
          Schema.text("page_token").checkedAs(FieldCheck.NONE)))
      .withGreatest("max_results", MAX_RESULTS);
  private static final BodyReader SET_TAG = BodyReader.of(
      Schema.of(Schema.text("run_id"), Schema.text("key"), Schema.text("value")), "run_id", "key");
  private static final BodyReader DELETE_TAG =
      BodyReader.of(Schema.of(Schema.text("run_id"), Schema.text("key")), "run_id", "key");

  /** The statuses in the order of their numbers. */
  enum Status {
    /** The value that the protocol calls 0 does not exist. */
    UNUSED,
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED
  }

  private RunHandlers() {}

  static Reply create(Call call) {
    Message said = CREATE.read(call.request());
    Run run = call.state()
        .runs()
        .create(
            said.text("experiment_id"),
            said.text("run_name"),
            said.text("user_id"),
            said.number("start_time").orElse(0L),
            KeyValues.map(said.messages("tags")));
    return wrapped(run, false);
  }

  static Reply get(Call call) {
    return wrapped(call.state().runs().get(BY_ID.read(call.request()).text("run_id")), true);
  }

  static Reply update(Call call) {
    Message said = UPDATE.read(call.request());
    Run run = call.state()
        .runs()
        .update(
            said.text("run_id"),
            said.optionalText("status").orElse(null),
            said.number("end_time").orElse(null),
            said.text("run_name"));
    ObjectNode answer = Json.object();
    answer.set("run_info", info(run));
    return Replies.pretty(answer);
  }

  static Reply delete(Call call) {
    call.state().runs().setActive(BY_ID.read(call.request()).text("run_id"), false);
    return Replies.emptyObject();
  }

  static Reply restore(Call call) {
    call.state().runs().setActive(BY_ID.read(call.request()).text("run_id"), true);
    return Replies.emptyObject();
  }

  static Reply setTag(Call call) {
    Message said = SET_TAG.read(call.request());
    TagKeyCheck.require(said.text("key"));
    call.state().runs().setTag(said.text("run_id"), said.text("key"), said.text("value"));
    return Replies.emptyObject();
  }

  static Reply deleteTag(Call call) {
    Message said = DELETE_TAG.read(call.request());
    call.state().runs().removeTag(said.text("run_id"), said.text("key"));
    return Replies.emptyObject();
  }

  static Reply search(Call call) {
    Message said = SEARCH.read(call.request());
    long limit = said.number("max_results").orElse(DEFAULT_RESULTS);
    if (limit < 1) {
      throw TrackingException.invalid("Invalid value " + limit
          + " for parameter 'max_results' supplied. It must be a positive integer");
    }
    String view = said.optionalText("run_view_type")
        .orElse(SearchExperimentsHandler.ViewType.ACTIVE_ONLY.name());
    List<String> experiments = said.texts("experiment_ids");
    List<Run> found = call.state().runs().all().stream()
        .filter(run -> experiments.contains(run.experimentId()))
        .filter(run -> SearchExperimentsHandler.shows(view, run.active()))
        .filter(RunSearch.filter(said.text("filter")))
        .sorted(RunSearch.order(said.texts("order_by")))
        .toList();
    int offset = (int) Math.min(PageToken.offset(said.text("page_token")), found.size());
    int end = (int) Math.min(offset + limit, found.size());
    ObjectNode answer = Json.object();
    if (end > offset) {
      ArrayNode runs = answer.putArray("runs");
      found.subList(offset, end).forEach(run -> runs.add(json(run, true)));
    }
    if (end - offset == limit) {
      answer.put("next_page_token", PageToken.of(end));
    }
    return Replies.pretty(answer);
  }

  private static Reply wrapped(Run run, boolean withOutputs) {
    ObjectNode answer = Json.object();
    answer.set("run", json(run, withOutputs));
    return Replies.pretty(answer);
  }

  private static ObjectNode json(Run run, boolean withOutputs) {
    ObjectNode json = Json.object();
    json.set("info", info(run));
    KeyValues.put(json.putObject("data"), "tags", run.tags());
    json.putObject("inputs");
    if (withOutputs) {
      json.putObject("outputs");
    }
    return json;
  }

  private static ObjectNode info(Run run) {
    ObjectNode info = Json.object();
    info.put("run_uuid", run.id());
    info.put("experiment_id", run.experimentId());
    info.put("run_name", run.name());
    info.put("user_id", run.userId());
    info.put("status", run.status());
    info.put("start_time", run.startTime());
    if (run.endTime() != null) {
      info.put("end_time", run.endTime());
    }
    info.put("artifact_uri", run.artifactUri());
    info.put("lifecycle_stage", run.active() ? "active" : "deleted");
    info.put("run_id", run.id());
    return info;
  }
}
