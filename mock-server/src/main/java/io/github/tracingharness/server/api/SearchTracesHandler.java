package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.TraceFilter;
import io.github.tracingharness.server.search.TraceOrder;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code POST /api/3.0/mlflow/traces/search}. */
final class SearchTracesHandler implements Handler {

  private static final long DEFAULT_RESULTS = 100;
  private static final long MAX_RESULTS = 500;
  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.message("locations", StartTraceHandler.LOCATION).list(),
          Schema.text("filter"),
          Schema.integer("max_results"),
          Schema.text("order_by").list(),
          Schema.text("page_token")),
      "locations");

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    long limit = limit(said);
    Set<String> experiments = experiments(said.messages("locations"));
    Predicate<TraceEntry> filter = TraceFilter.parse(said.text("filter"));
    List<TraceEntry> found = call.state().traces().all().stream()
        .filter(trace -> experiments.contains(trace.experimentId()))
        .filter(filter)
        .sorted(TraceOrder.parse(said.texts("order_by")))
        .toList();
    long offset = Math.min(PageToken.offset(said.text("page_token")), found.size());
    long end = Math.min(offset + limit, found.size());
    ObjectNode answer = Json.object();
    if (end > offset) {
      ArrayNode traces = answer.putArray("traces");
      found.subList((int) offset, (int) end).forEach(trace -> traces.add(TraceJson.info(trace)));
    }
    if (end - offset == limit) {
      answer.put("next_page_token", PageToken.of(end));
    }
    return Replies.compact(answer);
  }

  private static long limit(Message said) {
    long limit = said.number("max_results").orElse(DEFAULT_RESULTS);
    if (limit > MAX_RESULTS) {
      JsonNode value = JsonNodeFactory.instance.numberNode(limit);
      throw BodyReader.invalidValue("max_results", value);
    }
    if (limit < 1) {
      throw TrackingException.invalid("Invalid value "
          + limit
          + " for parameter 'max_results' supplied. It must be a positive integer");
    }
    return limit;
  }

  private static Set<String> experiments(List<Message> locations) {
    Set<String> ids = new HashSet<>();
    for (Message location : locations) {
      if (location.has("mlflow_experiment")) {
        String id = location.message("mlflow_experiment").text("experiment_id");
        if (!id.matches("[0-9]{1,18}")) {
          throw TrackingException.internal("invalid literal for int() with base 10: '" + id + "'");
        }
        ids.add(Long.toString(Long.parseLong(id)));
      }
    }
    return ids;
  }
}
