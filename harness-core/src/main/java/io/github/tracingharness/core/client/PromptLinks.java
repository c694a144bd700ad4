package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.TraceIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Links prompts to traces, on Databricks at most 25 with one request. */
final class PromptLinks {

  static final int MOST_PER_REQUEST = 25;

  private static final String MLFLOW = "/api/2.0/mlflow/traces/link-prompts";
  private static final String DATABRICKS =
      "/api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces";

  private final boolean databricks;
  private final RestCalls calls;
  private final Exchanges exchanges;

  PromptLinks(boolean databricks, RestCalls calls, Exchanges exchanges) {
    this.databricks = databricks;
    this.calls = calls;
    this.exchanges = exchanges;
  }

  void link(String traceId, List<PromptVersion> prompts, CallScope scope) throws TrackingException {
    if (!databricks && !traceId.startsWith(TraceIds.V4_PREFIX)) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("trace_id", traceId);
      // A record is written by its components: name and version.
      body.put("prompt_versions", prompts);
      HttpAnswer unused = exchanges.ask(calls.json("POST", MLFLOW, body), scope);
      return;
    }
    for (int from = 0; from < prompts.size(); from += MOST_PER_REQUEST) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put(
          "prompt_versions",
          prompts.subList(from, Math.min(from + MOST_PER_REQUEST, prompts.size())));
      body.put("trace_ids", List.of(traceId));
      HttpAnswer unused = exchanges.ask(calls.json("POST", DATABRICKS, body), scope);
    }
  }
}
