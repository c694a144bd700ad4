package io.github.tracingharness.conformance.selftest.edit;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** The spans of an OTLP request, in order. */
final class ProtoSpans {

  private ProtoSpans() {}

  static List<Span> of(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .flatMap(r -> r.getScopeSpansList().stream())
        .flatMap(s -> s.getSpansList().stream())
        .toList();
  }

  static List<Span.Builder> of(ExportTraceServiceRequest.Builder request) {
    return request.getResourceSpansBuilderList().stream()
        .flatMap(r -> r.getScopeSpansBuilderList().stream())
        .flatMap(s -> s.getSpansBuilderList().stream())
        .toList();
  }
}
