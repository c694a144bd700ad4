package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.util.List;

/** Statements about traces that are sent in version 2, whose ids the server gives. */
public final class LegacyTraces {

  private LegacyTraces() {}

  /** Each request that ends a trace gives it this status. */
  public static Check endedWith(String status) {
    return Requests.requests(Endpoints.END_TRACE_V2)
        .each(
            "the status " + status,
            e -> json(e.body().text()).path("status").asText().equals(status));
  }

  /**
   * A tag of the application stands in the request that creates the trace or in that of its end.
   */
  public static Check createdWithTag(String key, String value) {
    return history -> {
      String expected = "the tag %s: %s in a request of version 2".formatted(key, value);
      boolean found = history.exchanges().stream()
          .filter(e -> e.endpoint().equals(Endpoints.START_TRACE_V2)
              || e.endpoint().equals(Endpoints.END_TRACE_V2))
          .anyMatch(e -> hasTag(json(e.body().text()).path("tags"), key, value));
      return found
          ? CheckResult.met(expected)
          : Finding.unmet(expected, "none", Finding.requests(history));
    };
  }

  private static boolean hasTag(JsonNode tags, String key, String value) {
    for (JsonNode tag : tags) {
      if (tag.path("key").asText().equals(key) && tag.path("value").asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** The trace is ended and its data are uploaded by the id that the server answered. */
  public static Check uploadedUnderTheServersId() {
    return history -> {
      String id = givenId(history);
      String expected = "the id that the server gave in the paths of the end and the upload";
      if (id.isEmpty()) {
        return Finding.unmet(
            expected, "no answer to a request that creates a trace", Finding.requests(history));
      }
      List<Exchange> ended = Requests.requests(Endpoints.END_TRACE_V2).in(history);
      List<Exchange> uploads = Requests.traceUploads().in(history);
      boolean named = !ended.isEmpty()
          && !uploads.isEmpty()
          && ended.stream().allMatch(e -> e.path().endsWith("/" + id))
          && uploads.stream().allMatch(e -> e.path().contains("/" + id + "/"));
      return named
          ? CheckResult.met("both name " + id)
          : Finding.unmet(
              expected + ", " + id,
              Finding.lines(ended) + " and " + Finding.lines(uploads),
              Finding.requests(history));
    };
  }

  private static String givenId(CaseHistory history) {
    return Requests.requests(Endpoints.START_TRACE_V2).accepted().in(history).stream()
        .map(e -> json(e.responseBody().text()).at("/trace_info/request_id").asText())
        .findFirst()
        .orElse("");
  }

  private static JsonNode json(String text) {
    return Json.strict(text).orElse(MissingNode.getInstance());
  }
}
