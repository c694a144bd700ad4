package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was delivered: counted from the calls that the server answered with success, beside the
 * pipeline's own account.
 *
 * @param startTraces accepted start-trace calls by trace id
 * @param spans accepted deliveries by span id, by OTLP
 * @param uploads accepted uploads of spans by path
 * @param stats the pipeline's account
 * @since 0.1.0
 */
public record Exports(
    Map<String, Integer> startTraces,
    Map<String, Integer> spans,
    Map<String, Integer> uploads,
    TracingStats stats) {

  /** Copies the maps. */
  public Exports {
    startTraces = Map.copyOf(startTraces);
    spans = Map.copyOf(spans);
    uploads = Map.copyOf(uploads);
  }

  /** Counts what the calls delivered. */
  public static Exports read(List<RecordedCall> calls, TracingStats stats) {
    Map<String, Integer> startTraces = new LinkedHashMap<>();
    Map<String, Integer> spans = new LinkedHashMap<>();
    Map<String, Integer> uploads = new LinkedHashMap<>();
    for (RecordedCall call : calls) {
      if (call.status() / 100 != 2) {
        continue;
      }
      if (call.endpoint() == Endpoint.START_TRACE) {
        traceId(call).ifPresent(id -> startTraces.merge(id, 1, Integer::sum));
      } else if (call.endpoint() == Endpoint.OTLP_TRACES) {
        spanIds(call).forEach(id -> spans.merge(id, 1, Integer::sum));
      } else if (call.endpoint() == Endpoint.PUT_ARTIFACT) {
        uploads.merge(call.path(), 1, Integer::sum);
      }
    }
    return new Exports(startTraces, spans, uploads, stats);
  }

  private static Optional<String> traceId(RecordedCall call) {
    try {
      return PythonJson.loads(call.bodyText()) instanceof Map<?, ?> body
              && body.get("trace") instanceof Map<?, ?> trace
              && trace.get("trace_info") instanceof Map<?, ?> info
              && info.get("trace_id") instanceof String id
          ? Optional.of(id)
          : Optional.empty();
    } catch (IllegalArgumentException notJson) {
      return Optional.empty();
    }
  }

  private static List<String> spanIds(RecordedCall call) {
    try {
      return OtlpRequest.decode(
              call.body(),
              call.header("content-type").orElse(null),
              call.header("content-encoding").orElse(null))
          .spans()
          .stream()
          .map(span -> span.traceId() + "/" + span.spanId())
          .toList();
    } catch (OtlpException refused) {
      return List.of();
    }
  }
}
