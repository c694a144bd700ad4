package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the info of a trace the way that servers before MLflow 3 know: one request at its start,
 * one at its end.
 */
final class LegacyTraces {

  private static final String TRACES = "/api/2.0/mlflow/traces";
  private static final int NOT_FOUND = 404;

  private final RestCalls calls;

  LegacyTraces(RestCalls calls) {
    this.calls = calls;
  }

  /** Sends a request and checks its answer. */
  @FunctionalInterface
  interface Exchange {
    HttpAnswer send(HttpCall call) throws TrackingException;
  }

  /**
   * Tells whether a server does not know the V3 endpoint, unlike one that misses something else:
   * its 404 is no JSON object, or names the endpoint, or is the plain answer of a web framework.
   */
  static boolean isMissingEndpoint(HttpAnswer answer) {
    if (answer.status() != NOT_FOUND) {
      return false;
    }
    Map<?, ?> body = ServerAnswers.object(answer).orElse(null);
    return body == null
        || "ENDPOINT_NOT_FOUND".equals(body.get("error_code"))
        || (body.size() == 1 && "Not Found".equals(body.get("detail")));
  }

  StartedTrace startTrace(TraceInfo info, Exchange exchange) throws TrackingException {
    Map<String, @Nullable Object> start = new LinkedHashMap<>();
    if (info.location() instanceof TraceLocation.Experiment experiment) {
      start.put("experiment_id", experiment.experimentId());
    }
    start.put("timestamp_ms", info.requestTimeMs());
    start.put("request_metadata", pairs(info.metadata()));
    start.put("tags", pairs(info.tags()));
    StartedTrace started =
        ServerAnswers.startedV2Trace(exchange.send(calls.json("POST", TRACES, start)));

    Map<String, @Nullable Object> end = new LinkedHashMap<>();
    Long duration = info.executionDurationMs();
    end.put("request_id", started.traceId());
    end.put("timestamp_ms", info.requestTimeMs() + (duration == null ? 0 : duration));
    end.put("status", info.state().name());
    end.put("request_metadata", pairs(info.metadata()));
    end.put("tags", pairs(info.tags()));
    HttpAnswer unused = exchange.send(calls.json("PATCH", TRACES + "/" + started.traceId(), end));
    return started;
  }

  private static List<Map<String, String>> pairs(Map<String, String> values) {
    List<Map<String, String>> pairs = new ArrayList<>();
    values.forEach((key, value) -> {
      Map<String, String> pair = new LinkedHashMap<>();
      pair.put("key", key);
      pair.put("value", value);
      pairs.add(pair);
    });
    return pairs;
  }
}
