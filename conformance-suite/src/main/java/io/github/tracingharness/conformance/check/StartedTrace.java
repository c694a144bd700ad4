package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;

/**
 * A start-trace request.
 *
 * @param exchange the request and its answer
 * @param info its {@code trace.trace_info}; a missing node when the body has none
 */
record StartedTrace(Exchange exchange, JsonNode info) {

  static List<StartedTrace> all(CaseHistory history) {
    return history.exchanges(Endpoints.START_TRACE).stream()
        .map(StartedTrace::of)
        .toList();
  }

  /** The requests that start the trace of a span; more than one where a request was repeated. */
  static List<StartedTrace> of(CaseHistory history, SpanIds ids) {
    return all(history).stream().filter(t -> t.traceId().equals(ids.trace())).toList();
  }

  private static StartedTrace of(Exchange exchange) {
    JsonNode info = Json.strict(exchange.body().text())
        .map(body -> body.at("/trace/trace_info"))
        .orElse(MissingNode.getInstance());
    return new StartedTrace(exchange, info);
  }

  String traceId() {
    return info.path("trace_id").asText();
  }

  boolean accepted() {
    return Requests.isAccepted(exchange);
  }
}
