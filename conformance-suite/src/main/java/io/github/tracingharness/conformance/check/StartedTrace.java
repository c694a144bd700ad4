package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start-trace request: of version 3, whose body names the trace, or of version 4 for Unity
 * Catalog, whose path does.
 *
 * @param exchange the request and its answer
 * @param info its trace info; a missing node when the body has none
 */
record StartedTrace(Exchange exchange, JsonNode info) {

  private static final Pattern CATALOG_PATH =
      Pattern.compile("/api/4\\.0/mlflow/traces/([^/]+)/([^/]+)/info");

  static List<StartedTrace> all(CaseHistory history) {
    return history.exchanges().stream()
        .filter(e -> e.endpoint().equals(Endpoints.START_TRACE) || isCatalog(e))
        .map(StartedTrace::of)
        .toList();
  }

  /** The requests that start the trace of a span; more than one where a request was repeated. */
  static List<StartedTrace> of(CaseHistory history, SpanIds ids) {
    return all(history).stream().filter(t -> t.traceId().equals(ids.trace())).toList();
  }

  private static boolean isCatalog(Exchange e) {
    return e.endpoint().equals(Endpoints.UC_TRACE_INFO) && e.method().equals("POST");
  }

  private static StartedTrace of(Exchange exchange) {
    JsonNode info = Json.strict(exchange.body().text())
        .map(body -> isCatalog(exchange) ? body : body.at("/trace/trace_info"))
        .orElse(MissingNode.getInstance());
    return new StartedTrace(exchange, info);
  }

  /** The id that the tracing API has for the trace. */
  String traceId() {
    if (!isCatalog(exchange)) {
      return info.path("trace_id").asText();
    }
    Matcher path = CATALOG_PATH.matcher(exchange.path());
    return path.matches() ? "trace:/" + path.group(1) + "/" + path.group(2) : "";
  }

  boolean accepted() {
    return Requests.isAccepted(exchange);
  }
}
