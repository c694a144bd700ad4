package io.github.tracingharness.conformance.equality;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Traces that were read with core's reader, in the form that {@code read_traces.py} prints. */
final class ReadTrees {

  private ReadTrees() {}

  static Map<String, Object> of(Trace trace) {
    TraceInfo info = trace.info();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trace_id", info.traceId());
    tree.put("experiment_id", ((TraceLocation.Experiment) info.location()).experimentId());
    tree.put("client_request_id", info.clientRequestId());
    tree.put("state", info.state().name());
    tree.put("request_time_ms", info.requestTimeMs());
    tree.put("execution_duration_ms", info.executionDurationMs());
    tree.put("request_preview", info.requestPreview());
    tree.put("response_preview", info.responsePreview());
    tree.put("tags", info.tags());
    tree.put("trace_metadata", info.metadata());
    Map<String, Object> spans = new LinkedHashMap<>();
    trace.data().spans().forEach(span -> spans.put(span.name(), tree(span)));
    tree.put("spans", spans);
    return tree;
  }

  private static Map<String, Object> tree(Span span) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    span.attributes()
        .forEach((key, value) -> attributes.put(
            key, value instanceof JsonText json ? PythonJson.loads(json.text()) : value));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("span_id", span.spanId());
    tree.put("trace_id", span.traceId());
    tree.put("parent_span_id", span.parentSpanId());
    tree.put("name", span.name());
    tree.put("type", attributes.get(SpanAttributeKey.SPAN_TYPE));
    tree.put(
        "status",
        Map.of("code", span.status().code().name(), "message", span.status().message()));
    tree.put("start_time_unix_nano", span.startTimeUnixNano());
    tree.put("end_time_unix_nano", span.endTimeUnixNano().orElse(0));
    tree.put("inputs", attributes.get(SpanAttributeKey.INPUTS));
    tree.put("outputs", attributes.get(SpanAttributeKey.OUTPUTS));
    tree.put("attributes", attributes);
    tree.put(
        "events",
        span.events().stream()
            .map(event -> Map.of(
                "name", event.name(),
                "attributes", event.attributes(),
                "time_unix_nano", event.timeUnixNano()))
            .toList());
    tree.put(
        "links",
        span.links().stream()
            .map(link -> Map.of(
                "trace_id",
                link.traceId(),
                "span_id",
                link.spanId(),
                "attributes",
                link.attributes()))
            .toList());
    return tree;
  }

  static List<Map<String, Object>> of(List<Trace> traces) {
    return traces.stream().map(ReadTrees::of).toList();
  }
}
