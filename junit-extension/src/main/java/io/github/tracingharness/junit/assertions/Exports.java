package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.RecordedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was delivered: counted from the calls that the server answered with success, beside the
 * pipeline's own account.
 *
 * @param startTraces accepted trace infos by trace id
 * @param spans accepted deliveries by trace and span id, by OTLP
 * @param uploads accepted uploads of spans by path
 * @param spanBatches how many spans each accepted OTLP call brought, in order of arrival
 * @param calls all finished calls in order of arrival
 * @param stats the pipeline's account
 * @since 0.1.0
 */
public record Exports(
    Map<String, Integer> startTraces,
    Map<String, Integer> spans,
    Map<String, Integer> uploads,
    List<Integer> spanBatches,
    List<RecordedCall> calls,
    TracingStats stats) {

  /** Copies the collections. */
  public Exports {
    startTraces = Map.copyOf(startTraces);
    spans = Map.copyOf(spans);
    uploads = Map.copyOf(uploads);
    spanBatches = List.copyOf(spanBatches);
    calls = List.copyOf(calls);
  }

  /** Counts what the calls delivered. */
  public static Exports read(List<RecordedCall> calls, TracingStats stats) {
    Map<String, Integer> startTraces = new LinkedHashMap<>();
    Map<String, Integer> spans = new LinkedHashMap<>();
    Map<String, Integer> uploads = new LinkedHashMap<>();
    List<Integer> batches = new ArrayList<>();
    for (RecordedCall call : calls) {
      if (call.status() / 100 != 2) {
        continue;
      }
      if (CallContent.bringsTraceInfo(call)) {
        CallContent.traceIds(call).forEach(id -> startTraces.merge(id, 1, Integer::sum));
      } else if (CallContent.bringsSpans(call)) {
        List<String> ids = CallContent.spanIds(call);
        ids.forEach(id -> spans.merge(id, 1, Integer::sum));
        if (!ids.isEmpty()) {
          batches.add(ids.size());
        }
      } else if (call.endpoint() == Endpoint.PUT_ARTIFACT
          || call.endpoint() == Endpoint.SIGNED_UPLOAD) {
        uploads.merge(call.path(), 1, Integer::sum);
      }
    }
    return new Exports(startTraces, spans, uploads, batches, calls, stats);
  }
}
