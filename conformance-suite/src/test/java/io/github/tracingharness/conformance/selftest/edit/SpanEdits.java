package io.github.tracingharness.conformance.selftest.edit;

import com.google.protobuf.ByteString;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Ids, parents, names, kinds, times and statuses of OTLP spans in protobuf. */
final class SpanEdits {

  /** So many spans of a request are edited each on its own, and then all together. */
  private static final int SINGLES = 4;

  private SpanEdits() {}

  static List<HistoryEdit> all() {
    return List.of(
        span(
            "span-trace-id-changed",
            "A span is of another trace",
            s -> s.setTraceId(other(s.getTraceId()))),
        span("span-id-changed", "A span has another id", s -> s.setSpanId(other(s.getSpanId()))),
        span(
            "span-ids-zero",
            "The ids of a span are zero",
            s -> s.setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[8]))),
        span(
            "span-ids-short",
            "The ids of a span are cut",
            s -> s.setTraceId(s.getTraceId().substring(0, s.getTraceId().size() / 2))
                .setSpanId(s.getSpanId().substring(0, s.getSpanId().size() / 2))),
        span("span-parent-removed", "A span has no parent", Span.Builder::clearParentSpanId),
        span(
            "span-parent-changed",
            "A span has another parent",
            s -> s.setParentSpanId(other(s.getSpanId()))),
        span("span-name-changed", "A span has another name", s -> s.setName(s.getName() + "~")),
        span("span-name-emptied", "A span has no name", Span.Builder::clearName),
        span(
            "span-name-cut",
            "The name of a span lacks its last character",
            s -> s.setName(s.getName().substring(0, Math.max(0, s.getName().length() - 1)))),
        span(
            "span-kind-changed",
            "A span is of another kind",
            s -> s.setKindValue(s.getKindValue() % 5 + 1)),
        span("span-kind-removed", "A span has no kind", Span.Builder::clearKind),
        span(
            "span-start-later",
            "A span starts a nanosecond later",
            s -> s.setStartTimeUnixNano(s.getStartTimeUnixNano() + 1)),
        span(
            "span-end-later",
            "A span ends a nanosecond later",
            s -> s.setEndTimeUnixNano(s.getEndTimeUnixNano() + 1)),
        span(
            "span-times-hour",
            "A span is an hour late",
            s -> s.setStartTimeUnixNano(s.getStartTimeUnixNano() + 3_600_000_000_000L)
                .setEndTimeUnixNano(s.getEndTimeUnixNano() + 3_600_000_000_000L)),
        span(
            "span-times-micros",
            "Times are in microseconds",
            s -> s.setStartTimeUnixNano(s.getStartTimeUnixNano() / 1_000)
                .setEndTimeUnixNano(s.getEndTimeUnixNano() / 1_000)),
        span(
            "span-times-truncated",
            "Times are cut to milliseconds",
            s -> s.setStartTimeUnixNano(s.getStartTimeUnixNano() / 1_000_000 * 1_000_000)
                .setEndTimeUnixNano(s.getEndTimeUnixNano() / 1_000_000 * 1_000_000)),
        span(
            "span-times-zero",
            "A span has no times",
            s -> s.clearStartTimeUnixNano().clearEndTimeUnixNano()),
        span("span-end-zero", "A span has no end", Span.Builder::clearEndTimeUnixNano),
        span(
            "span-times-swapped",
            "A span ends before it starts",
            s -> s.setStartTimeUnixNano(s.getEndTimeUnixNano() + 1)
                .setEndTimeUnixNano(s.getStartTimeUnixNano() - 1)),
        span("span-status-unset", "A span has no status", Span.Builder::clearStatus),
        span(
            "span-status-ok",
            "A span is OK",
            s -> s.setStatus(code(s, Status.StatusCode.STATUS_CODE_OK))),
        span(
            "span-status-error",
            "A span has an error",
            s -> s.setStatus(code(s, Status.StatusCode.STATUS_CODE_ERROR))),
        span(
            "span-status-message",
            "The status has another message",
            s -> s.setStatus(
                s.getStatus().toBuilder().setMessage(s.getStatus().getMessage() + "~"))),
        span(
            "span-trace-state",
            "A span has another trace state",
            s -> s.setTraceState(s.getTraceState().isEmpty() ? "x=1" : "")),
        span("span-flags", "A span has other flags", s -> s.setFlags(s.getFlags() ^ 0x101)),
        span(
            "span-dropped-counts",
            "A span tells other counts of what was dropped",
            s -> s.setDroppedAttributesCount(s.getDroppedAttributesCount() + 1)
                .setDroppedEventsCount(s.getDroppedEventsCount() + 1)
                .setDroppedLinksCount(s.getDroppedLinksCount() + 1)));
  }

  private static HistoryEdit span(String id, String words, Consumer<Span.Builder> edit) {
    return new HistoryEdit(id, words, h -> Places.requestsAt(h, e -> changes(e, edit)));
  }

  private static Map<String, Exchange> changes(Exchange e, Consumer<Span.Builder> edit) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    ExportTraceServiceRequest request =
        Bodies.spans(e).orElse(ExportTraceServiceRequest.getDefaultInstance());
    int count = ProtoSpans.of(request).size();
    for (int n = 0; n < Math.min(count, SINGLES); n++) {
      ExportTraceServiceRequest.Builder changed = request.toBuilder();
      edit.accept(ProtoSpans.of(changed).get(n));
      changes.put("#" + n, Bodies.with(e, changed.build().toByteArray()));
    }
    if (count > 1) {
      ExportTraceServiceRequest.Builder changed = request.toBuilder();
      ProtoSpans.of(changed).forEach(edit);
      changes.put("", Bodies.with(e, changed.build().toByteArray()));
    }
    return changes;
  }

  private static ByteString other(ByteString id) {
    byte[] bytes = id.toByteArray();
    if (bytes.length > 0) {
      bytes[bytes.length - 1] ^= 0x55;
    }
    return ByteString.copyFrom(bytes);
  }

  private static Status code(Span.Builder span, Status.StatusCode code) {
    return span.getStatus().toBuilder().setCode(code).build();
  }
}
