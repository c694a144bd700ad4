package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it was delivered, whichever way it went.
 *
 * @param exchange the request that carried it
 * @param storage the way
 * @param traceId 32 lower-case hex digits, or what stood there instead
 * @param spanId 16 lower-case hex digits, or what stood there instead
 * @param parentId as {@code spanId}; null for a root
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 * @param attributes attributes with their logical values: JSON text is read, typed values are taken
 *     as they are
 * @param artifact the span in the form of {@code traces.json}, from which sizes are computed
 */
record WireSpan(
    Exchange exchange,
    Storage storage,
    String traceId,
    String spanId,
    @Nullable String parentId,
    String name,
    @Nullable Long start,
    @Nullable Long end,
    String status,
    String statusMessage,
    Map<String, JsonNode> attributes,
    List<Event> events,
    ObjectNode artifact) {

  /** The ways in which spans reach a tracking server. */
  enum Storage {
    /** {@code POST /v1/traces}. */
    OTLP,
    /** {@code POST /api/2.0/otel/v1/traces}. */
    TABLE,
    /** {@code PUT …/traces.json}, or to a signed address. */
    ARTIFACT
  }

  /** An event; its attributes are raw in both forms. */
  record Event(String name, @Nullable Long time, Map<String, JsonNode> attributes) {}

  /** All spans that the server was sent, in order of arrival. */
  static List<WireSpan> all(CaseHistory history) {
    List<WireSpan> spans = new ArrayList<>();
    for (Exchange exchange : history.exchanges()) {
      if (exchange.endpoint().equals(Endpoints.OTLP_TRACES)) {
        spans.addAll(OtlpForm.spans(exchange, Storage.OTLP));
      } else if (exchange.endpoint().equals(Endpoints.UC_SPANS)) {
        spans.addAll(OtlpForm.spans(exchange, Storage.TABLE));
      } else if (Requests.isTraceUpload(exchange)) {
        spans.addAll(ArtifactForm.spans(exchange));
      }
    }
    return spans;
  }

  /** Every delivery of one span. */
  static List<WireSpan> of(CaseHistory history, SpanIds ids) {
    return all(history).stream()
        .filter(s -> s.spanId().equals(ids.span()) && ids.traceHex().equals(s.traceId()))
        .toList();
  }

  boolean accepted() {
    return Requests.isAccepted(exchange);
  }

  /** The span for a reader: where it stood, and what it is. */
  String describe() {
    return "%s: span %s \"%s\" of trace %s"
        .formatted(Finding.line(exchange), spanId, name, traceId);
  }
}
