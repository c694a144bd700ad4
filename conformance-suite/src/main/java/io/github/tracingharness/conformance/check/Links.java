package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;

/** Statements about the requests that link prompts to a trace. */
public final class Links {

  private Links() {}

  /**
   * Linking requests name the trace of a span and, taken together, exactly these prompts in this
   * order.
   *
   * @param prompts a list of {@code {"name", "version"}}
   */
  public static Check linked(String ref, JsonNode prompts) {
    return history -> {
      SpanIds ids = history.refs().get(ref);
      String expected =
          "a linking request for %s with %s".formatted(ids == null ? ref : ids.trace(), prompts);
      List<Exchange> links = history.exchanges(Endpoints.LINK_PROMPTS);
      if (ids == null || links.isEmpty()) {
        return Finding.unmet(
            expected, ids == null ? "no ids for " + ref : "none", Finding.requests(history));
      }
      for (Exchange link : links) {
        JsonNode body = Json.strict(link.body().text()).orElse(MissingNode.getInstance());
        if (body.path("trace_id").asText().equals(ids.trace())
            && Json.same(body.path("prompt_versions"), prompts)) {
          return CheckResult.met("prompts are linked by " + Finding.line(link));
        }
      }
      return Finding.unmet(expected, "another one", Finding.withBody(links.get(0)));
    };
  }

  /**
   * Linking requests to Unity Catalog name the trace of a span alone and, taken together, exactly
   * these prompts in this order, each request at most so many.
   *
   * @param prompts a list of {@code {"name", "version"}}
   */
  public static Check linkedInCatalog(String ref, JsonNode prompts, int most) {
    return history -> {
      SpanIds ids = history.refs().getOrDefault(ref, new SpanIds("no id told", ""));
      ArrayNode linked = JsonNodeFactory.instance.arrayNode();
      List<Exchange> links = history.exchanges(Endpoints.UC_LINK_PROMPTS);
      for (Exchange link : links) {
        JsonNode body = Json.strict(link.body().text()).orElse(MissingNode.getInstance());
        JsonNode traces = body.path("trace_ids");
        JsonNode part = body.path("prompt_versions");
        if (traces.size() != 1 || !traces.path(0).asText().equals(ids.trace())) {
          return Finding.unmet(
              "linking requests for %s alone".formatted(ids.trace()),
              traces.toString(),
              Finding.withBody(link));
        }
        if (part.size() > most) {
          return Finding.unmet(
              "linking requests with at most %d prompts".formatted(most),
              part.size() + " prompts",
              Finding.withBody(link));
        }
        part.forEach(linked::add);
      }
      return Json.same(linked, prompts)
          ? CheckResult.met("%d prompts in %d requests".formatted(linked.size(), links.size()))
          : Finding.unmet(
              "%d prompts linked to %s in the order of their use"
                  .formatted(prompts.size(), ids.trace()),
              Finding.cut(linked.toString()),
              Finding.requests(history));
    };
  }

  /** Something that belongs to linking was asked: the trace's info, or the link itself. */
  public static Check attempted() {
    return Requests.allRequests()
        .where(
            "that look up or link",
            e -> e.endpoint().equals(Endpoints.GET_TRACE_INFO)
                || e.endpoint().equals(Endpoints.LINK_PROMPTS))
        .atLeast(1);
  }
}
