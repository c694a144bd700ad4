package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code POST /api/{2.0,3.0}/mlflow/traces/delete-traces}. */
final class DeleteTracesHandler implements Handler {

  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.text("experiment_id"),
          Schema.integer("max_timestamp_millis"),
          Schema.integer("max_traces"),
          Schema.text("request_ids").list()),
      "experiment_id");

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    Optional<Long> newest = said.number("max_timestamp_millis");
    Optional<Long> limit = said.number("max_traces");
    List<String> ids = said.texts("request_ids");
    requireOneCriterion(newest, limit, ids);
    String experiment = said.text("experiment_id");
    if (!experiment.matches("[0-9]{1,18}")) {
      throw TrackingException.invalid(
          "Invalid experiment ID '" + experiment + "'. Experiment ID must be a valid integer.");
    }
    Predicate<TraceEntry> which = trace -> trace.experimentId().equals(experiment)
        && (ids.isEmpty()
            ? trace.requestMillis() <= newest.orElse(Long.MIN_VALUE)
            : ids.contains(trace.id()));
    int deleted = call.state().traces().delete(which, (int)
        Math.min(limit.orElse(Long.MAX_VALUE), Integer.MAX_VALUE));
    ObjectNode answer = Json.object();
    answer.put("traces_deleted", deleted);
    return Replies.pretty(answer);
  }

  private static void requireOneCriterion(
      Optional<Long> newest, Optional<Long> limit, List<String> ids) {
    if (newest.isEmpty() && ids.isEmpty()) {
      throw TrackingException.invalid(
          "Either `max_timestamp_millis` or `trace_ids` must be specified.");
    }
    if (newest.isPresent() && !ids.isEmpty()) {
      throw TrackingException.invalid(
          "Only one of `max_timestamp_millis` and `trace_ids` can be specified.");
    }
    if (!ids.isEmpty() && limit.isPresent()) {
      throw TrackingException.invalid(
          "`max_traces` can't be specified if `trace_ids` is specified.");
    }
    if (limit.isPresent() && limit.get() <= 0) {
      throw TrackingException.invalid(
          "`max_traces` must be a positive integer, received " + limit.get() + ".");
    }
  }
}
