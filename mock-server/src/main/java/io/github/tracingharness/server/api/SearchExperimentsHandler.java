package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.search.ExperimentSearch;
import io.github.tracingharness.server.state.Experiment;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;

/** {@code POST} and {@code GET /api/2.0/mlflow/experiments/search}. */
final class SearchExperimentsHandler implements Handler {

  private static final long MAX_RESULTS = 50_000;
  private static final BodyReader BODY = BodyReader.of(Schema.of(
      Schema.enumeration("view_type", ViewType.values()).checkedAs(FieldCheck.INTEGER),
      Schema.integer("max_results"),
      Schema.text("order_by").list().checkedAs(FieldCheck.LIST),
      Schema.text("filter"),
      Schema.text("page_token")));

  enum ViewType {
    /** The value that the protocol calls 0 does not exist. */
    UNUSED,
    ACTIVE_ONLY,
    DELETED_ONLY,
    ALL
  }

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    long limit = said.number("max_results").orElse(0L);
    if (limit < 1 || limit > MAX_RESULTS) {
      throw TrackingException.invalid("Invalid value "
          + limit
          + " for parameter 'max_results' supplied. It must be "
          + (limit < 1 ? "a positive integer" : "at most " + MAX_RESULTS));
    }
    String view = said.optionalText("view_type").orElse(ViewType.ACTIVE_ONLY.name());
    List<Experiment> found = call.state().experiments().all().stream()
        .filter(experiment -> shows(view, experiment.active()))
        .filter(ExperimentSearch.filter(said.text("filter")))
        .sorted(ExperimentSearch.order(said.texts("order_by")))
        .toList();
    int offset = (int) Math.min(PageToken.offset(said.text("page_token")), found.size());
    int end = (int) Math.min(offset + limit, found.size());
    ObjectNode answer = Json.object();
    if (end > offset) {
      ArrayNode experiments = answer.putArray("experiments");
      found
          .subList(offset, end)
          .forEach(experiment -> experiments.add(ExperimentHandlers.json(experiment)));
    }
    if (end < found.size()) {
      answer.put("next_page_token", PageToken.of(end));
    }
    return Replies.pretty(answer);
  }

  static boolean shows(String view, boolean active) {
    return view.equals(ViewType.ALL.name()) || active != view.equals(ViewType.DELETED_ONLY.name());
  }
}
