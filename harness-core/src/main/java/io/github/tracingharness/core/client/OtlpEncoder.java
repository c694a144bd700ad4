package io.github.tracingharness.core.client;

import com.google.protobuf.CodedOutputStream;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanEvent;
import io.github.tracingharness.core.trace.SpanLink;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.TraceIds;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes spans as an OTLP {@code ExportTraceServiceRequest}: one resource, one scope without a
 * name, no kinds and no flags, attributes of MLflow's API decoded from JSON to typed values.
 */
final class OtlpEncoder {

  private static final int REQUEST_RESOURCE_SPANS = 1;
  private static final int RESOURCE_SPANS_RESOURCE = 1;
  private static final int RESOURCE_SPANS_SCOPE_SPANS = 2;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SCOPE_SPANS_SPANS = 2;
  private static final int SPAN_TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int SPAN_PARENT_ID = 4;
  private static final int SPAN_NAME = 5;
  private static final int SPAN_START = 7;
  private static final int SPAN_END = 8;
  private static final int SPAN_ATTRIBUTES = 9;
  private static final int SPAN_EVENTS = 11;
  private static final int SPAN_LINKS = 13;
  private static final int SPAN_STATUS = 15;
  private static final int EVENT_TIME = 1;
  private static final int EVENT_NAME = 2;
  private static final int EVENT_ATTRIBUTES = 3;
  private static final int LINK_TRACE_ID = 1;
  private static final int LINK_SPAN_ID = 2;
  private static final int LINK_ATTRIBUTES = 4;
  private static final int STATUS_MESSAGE = 2;
  private static final int STATUS_CODE = 3;

  private OtlpEncoder() {}

  static byte[] encode(Map<String, String> resource, List<Span> spans) {
    return ProtoMessage.write(request ->
        ProtoMessage.nest(request, REQUEST_RESOURCE_SPANS, resourceSpans -> {
          ProtoMessage.nest(
              resourceSpans,
              RESOURCE_SPANS_RESOURCE,
              out -> AnyValues.writeAll(out, RESOURCE_ATTRIBUTES, resource));
          ProtoMessage.nest(
              resourceSpans, RESOURCE_SPANS_SCOPE_SPANS, out -> scopeSpans(out, spans));
        }));
  }

  private static void scopeSpans(CodedOutputStream out, List<Span> spans) throws IOException {
    for (Span span : spans) {
      ProtoMessage.nest(out, SCOPE_SPANS_SPANS, message -> span(message, span));
    }
  }

  private static void span(CodedOutputStream out, Span span) throws IOException {
    out.writeByteArray(SPAN_TRACE_ID, traceId(span.traceId()));
    out.writeByteArray(SPAN_ID, HexFormat.of().parseHex(span.spanId()));
    if (span.parentSpanId() != null) {
      out.writeByteArray(SPAN_PARENT_ID, HexFormat.of().parseHex(span.parentSpanId()));
    }
    out.writeString(SPAN_NAME, span.name());
    out.writeFixed64(SPAN_START, span.startTimeUnixNano());
    if (span.endTimeUnixNano().isPresent()) {
      out.writeFixed64(SPAN_END, span.endTimeUnixNano().getAsLong());
    }
    AnyValues.writeAll(out, SPAN_ATTRIBUTES, span.attributes());
    for (SpanEvent event : span.events()) {
      ProtoMessage.nest(out, SPAN_EVENTS, message -> event(message, event));
    }
    for (SpanLink link : span.links()) {
      ProtoMessage.nest(out, SPAN_LINKS, message -> link(message, link));
    }
    ProtoMessage.nest(out, SPAN_STATUS, message -> status(message, span.status()));
  }

  private static byte[] traceId(String traceId) {
    return HexFormat.of().parseHex(TraceIds.hex(traceId));
  }

  private static void event(CodedOutputStream out, SpanEvent event) throws IOException {
    out.writeFixed64(EVENT_TIME, event.timeUnixNano());
    out.writeString(EVENT_NAME, event.name());
    AnyValues.writeAll(out, EVENT_ATTRIBUTES, event.attributes());
  }

  private static void link(CodedOutputStream out, SpanLink link) throws IOException {
    out.writeByteArray(LINK_TRACE_ID, traceId(link.traceId()));
    out.writeByteArray(LINK_SPAN_ID, HexFormat.of().parseHex(link.spanId()));
    AnyValues.writeAll(out, LINK_ATTRIBUTES, link.attributes());
  }

  private static void status(CodedOutputStream out, SpanStatus status) throws IOException {
    if (!status.message().isEmpty()) {
      out.writeString(STATUS_MESSAGE, status.message());
    }
    if (status.code().number() != 0) {
      out.writeEnum(STATUS_CODE, status.code().number());
    }
  }
}
