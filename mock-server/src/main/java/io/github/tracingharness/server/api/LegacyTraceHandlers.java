package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TraceState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Traces in the old way: {@code /api/2.0/mlflow/traces}. */
final class LegacyTraceHandlers {

  private static final String METADATA = "request_metadata";
  private static final String TAGS = "tags";

  private static final BodyReader START = BodyReader.of(Schema.of(
          Schema.text("experiment_id"),
          Schema.integer("timestamp_ms"),
          Schema.message(METADATA, KeyValues.SCHEMA).list(),
          Schema.message(TAGS, KeyValues.SCHEMA).list()))
      .withKeyedLists(METADATA, TAGS);
  private static final BodyReader END = BodyReader.of(Schema.of(
          Schema.integer("timestamp_ms"),
          Schema.enumeration("status", Status.values()).checkedAs(FieldCheck.TEXT),
          Schema.message(METADATA, KeyValues.SCHEMA).list(),
          Schema.message(TAGS, KeyValues.SCHEMA).list()))
      .withKeyedLists(METADATA, TAGS);
  private static final BodyReader SEARCH = BodyReader.of(
          Schema.of(
              Schema.text("experiment_ids").list(),
              Schema.text("filter"),
              Schema.integer("max_results"),
              Schema.text("order_by").list(),
              Schema.text("page_token")),
          "experiment_ids")
      .withGreatest("max_results", SearchTracesHandler.MAX_RESULTS);

  /** The old names of the states, in the order of their numbers. */
  enum Status {
    TRACE_STATUS_UNSPECIFIED,
    OK,
    ERROR,
    IN_PROGRESS;

    TraceState state() {
      return this == TRACE_STATUS_UNSPECIFIED
          ? TraceState.STATE_UNSPECIFIED
          : TraceState.valueOf(name());
    }

    static Status of(TraceState state) {
      return state == TraceState.STATE_UNSPECIFIED
          ? TRACE_STATUS_UNSPECIFIED
          : valueOf(state.name());
    }
  }

  private static final List<String> METADATA_COLUMNS =
      List.of(TraceKeys.SESSION, TraceKeys.TOKEN_USAGE, TraceKeys.COST);

  private LegacyTraceHandlers() {}

  static Reply start(Call call) {
    Message said = START.read(call.request());
    return wrapped(call.state()
        .traces()
        .begin(
            said.text("experiment_id"),
            said.number("timestamp_ms").orElse(0L),
            KeyValues.map(said.messages(METADATA)),
            KeyValues.map(said.messages(TAGS))));
  }

  static Reply end(Call call) {
    Message said = END.read(call.request());
    Status status =
        Status.valueOf(said.optionalText("status").orElse(Status.TRACE_STATUS_UNSPECIFIED.name()));
    return wrapped(call.state()
        .traces()
        .end(
            call.variable("trace_id"),
            said.number("timestamp_ms").orElse(0L),
            status.state(),
            KeyValues.map(said.messages(METADATA)),
            KeyValues.map(said.messages(TAGS))));
  }

  static Reply info(Call call) {
    return wrapped(call.state().traces().require(call.variable("trace_id")));
  }

  static Reply search(Call call) {
    Message said = SEARCH.read(call.request());
    SearchTracesHandler.Page page =
        SearchTracesHandler.search(call, said.texts("experiment_ids"), said);
    ObjectNode answer = Json.object();
    if (!page.traces().isEmpty()) {
      ArrayNode traces = answer.putArray("traces");
      page.traces().forEach(trace -> traces.add(json(trace)));
    }
    page.nextToken().ifPresent(token -> answer.put("next_page_token", token));
    return Replies.pretty(answer);
  }

  private static Reply wrapped(TraceEntry trace) {
    ObjectNode answer = Json.object();
    answer.set("trace_info", json(trace));
    return Replies.pretty(answer);
  }

  private static ObjectNode json(TraceEntry trace) {
    ObjectNode info = Json.object();
    info.put("request_id", trace.id());
    info.put("experiment_id", trace.experimentId());
    info.put("timestamp_ms", trace.requestMillis());
    info.put("execution_time_ms", trace.durationMillis() == null ? 0 : trace.durationMillis());
    info.put("status", Status.of(trace.state()).name());
    KeyValues.put(
        info, METADATA, ordered(new TreeMap<>(TraceJson.cutMetadata(trace)), METADATA_COLUMNS));
    KeyValues.put(info, TAGS, ordered(TraceJson.cutTags(trace), List.of(TraceKeys.TRACE_NAME)));
    return info;
  }

  /** The order of the real server's database: last comes what has a column of its own. */
  private static Map<String, String> ordered(Map<String, String> map, List<String> columns) {
    Map<String, String> ordered = new LinkedHashMap<>(map);
    ordered.keySet().removeAll(columns);
    columns.stream().filter(map::containsKey).forEach(key -> ordered.put(key, map.get(key)));
    return ordered;
  }
}
