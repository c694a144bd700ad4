package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpRequest.ResourceSpans;
import io.github.tracingharness.server.otlp.OtlpRequest.ScopeSpans;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A span as it came by OTLP, with what stood around it.
 *
 * @param exchange the request that carried it
 */
record SentSpan(Exchange exchange, ResourceSpans resource, ScopeSpans scope, OtlpSpan span) {

  /** Decodes the body of a request; empty when it is no ExportTraceServiceRequest. */
  static Optional<OtlpRequest> decode(Exchange exchange) {
    try {
      return Optional.of(OtlpRequest.decode(
          exchange.body().bytes(),
          exchange.header("Content-Type"),
          exchange.header("Content-Encoding")));
    } catch (OtlpException e) {
      return Optional.empty();
    }
  }

  /** All spans of a request; none when its body cannot be decoded. */
  static List<SentSpan> of(Exchange exchange) {
    List<SentSpan> spans = new ArrayList<>();
    if (exchange.body().size() > 0) {
      decode(exchange).ifPresent(request -> add(spans, exchange, request));
    }
    return spans;
  }

  private static void add(List<SentSpan> spans, Exchange exchange, OtlpRequest request) {
    for (ResourceSpans resource : request.resourceSpans()) {
      for (ScopeSpans scope : resource.scopeSpans()) {
        scope.spans().forEach(s -> spans.add(new SentSpan(exchange, resource, scope, s)));
      }
    }
  }

  /** All spans that the collector was sent, in order of arrival. */
  static List<SentSpan> all(CaseHistory history) {
    List<SentSpan> spans = new ArrayList<>();
    history.exchanges(Endpoints.OTLP_TRACES).forEach(e -> spans.addAll(of(e)));
    return spans;
  }

  /** Every delivery of one span. */
  static List<SentSpan> of(CaseHistory history, SpanIds ids) {
    return all(history).stream()
        .filter(
            s -> s.span().spanId().equals(ids.span()) && s.span().traceId().equals(ids.traceHex()))
        .toList();
  }

  String describe() {
    return "%s: span %s \"%s\" of trace %s"
        .formatted(Finding.line(exchange), span.spanId(), span.name(), span.traceId());
  }
}
