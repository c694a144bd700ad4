package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A tracking server without network and memory: takes spans and traces at once and says that it
 * stored the spans, as a current MLflow server does.
 */
final class InstantServer implements HttpTransport {

  /** What a server answers to a trace info. */
  static final String TRACE_JSON = """
      {"trace": {"trace_info": {"trace_id": "tr-00000000000000000000000000000001", \
      "trace_location": {"type": "MLFLOW_EXPERIMENT", \
      "mlflow_experiment": {"experiment_id": "0"}}, \
      "request_time": "2026-11-22T00:00:00Z", "state": "OK", "trace_metadata": {}, \
      "tags": {"mlflow.trace.spansLocation": "TRACKING_STORE"}}}}""";

  private static final HttpAnswer VERSION = answer("text/html", "3.17.2");
  private static final HttpAnswer SPANS = answer("application/x-protobuf", "");
  private static final HttpAnswer TRACE = answer("application/json", TRACE_JSON);

  @Override
  public HttpAnswer send(HttpCall call) {
    String path = call.uri().getPath();
    if (path.endsWith("/v1/traces")) {
      return SPANS;
    }
    if (path.endsWith("/mlflow/traces")) {
      return TRACE;
    }
    if (path.endsWith("/version")) {
      return VERSION;
    }
    throw new IllegalStateException("a call that the benchmark does not expect: " + call);
  }

  private static HttpAnswer answer(String contentType, String body) {
    return new HttpAnswer(
        200, Map.of("Content-Type", List.of(contentType)), body.getBytes(StandardCharsets.UTF_8));
  }
}
