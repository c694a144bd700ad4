package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.TraceFilter;
import io.github.tracingharness.server.search.TraceOrder;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code POST /api/3.0/mlflow/traces/search}. */
final class SearchTracesHandler implements Handler {

  private static final long DEFAULT_RESULTS = 100;
  static final long MAX_RESULTS = 500;
  private static final BodyReader BODY = BodyReader.of(
          Schema.of(
              Schema.message("locations", StartTraceHandler.LOCATION).list(),
              Schema.text("filter"),
              Schema.integer("max_results"),
              Schema.text("order_by").list(),
              Schema.text("page_token")),
          "locations")
      .withGreatest("max_results", MAX_RESULTS);

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    List<String> experiments = said.messages("locations").stream()
        .filter(location -> location.has("mlflow_experiment"))
        .map(location -> location.message("mlflow_experiment").text("experiment_id"))
        .toList();
    Page page = search(call, experiments, said);
    ObjectNode answer = Json.object();
    if (!page.traces().isEmpty()) {
      ArrayNode traces = answer.putArray("traces");
      page.traces().forEach(trace -> traces.add(TraceJson.info(trace)));
    }
    page.nextToken().ifPresent(token -> answer.put("next_page_token", token));
    return Replies.compact(answer);
  }

  /** What a search found; there is a token whenever the page is full. */
  record Page(List<TraceEntry> traces, Optional<String> nextToken) {}

  static Page search(Call call, List<String> experimentIds, Message said) {
    long limit = limit(said);
    Set<String> experiments = canonical(experimentIds);
    Comparator<TraceEntry> order = TraceOrder.parse(said.texts("order_by"));
    Predicate<TraceEntry> filter = TraceFilter.parse(said.text("filter"));
    List<TraceEntry> found = call.state().traces().all().stream()
        .filter(trace -> experiments.contains(trace.experimentId()))
        .filter(filter)
        .sorted(order)
        .toList();
    int offset = (int) Math.min(PageToken.offset(said.text("page_token")), found.size());
    int end = (int) Math.min(offset + limit, found.size());
    return new Page(
        found.subList(offset, end),
        end - offset == limit ? Optional.of(PageToken.of(end)) : Optional.empty());
  }

  private static long limit(Message said) {
    long limit = said.number("max_results").orElse(DEFAULT_RESULTS);
    if (limit < 1) {
      throw TrackingException.invalid("Invalid value "
          + limit
          + " for parameter 'max_results' supplied. It must be a positive integer");
    }
    return limit;
  }

  private static Set<String> canonical(List<String> experimentIds) {
    Set<String> ids = new HashSet<>();
    for (String id : experimentIds) {
      if (!id.matches("[0-9]{1,18}")) {
        throw TrackingException.internal("invalid literal for int() with base 10: '" + id + "'");
      }
      ids.add(Long.toString(Long.parseLong(id)));
    }
    return ids;
  }
}
