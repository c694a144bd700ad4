package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanEvent;
import io.github.tracingharness.core.trace.SpanLink;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.TraceIds;
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
    ProtoWriter out = new ProtoWriter();
    int resourceSpans = out.begin(REQUEST_RESOURCE_SPANS);
    int described = out.begin(RESOURCE_SPANS_RESOURCE);
    AnyValues.writeAll(out, RESOURCE_ATTRIBUTES, resource);
    out.end(described);
    int scopeSpans = out.begin(RESOURCE_SPANS_SCOPE_SPANS);
    for (Span span : spans) {
      span(out, span);
    }
    out.end(scopeSpans);
    out.end(resourceSpans);
    return out.toByteArray();
  }

  private static void span(ProtoWriter out, Span span) {
    int message = out.begin(SCOPE_SPANS_SPANS);
    out.hex(SPAN_TRACE_ID, TraceIds.hex(span.traceId()));
    out.hex(SPAN_ID, span.spanId());
    if (span.parentSpanId() != null) {
      out.hex(SPAN_PARENT_ID, span.parentSpanId());
    }
    out.string(SPAN_NAME, span.name());
    out.fixed64(SPAN_START, span.startTimeUnixNano());
    if (span.endTimeUnixNano().isPresent()) {
      out.fixed64(SPAN_END, span.endTimeUnixNano().getAsLong());
    }
    AnyValues.writeAll(out, SPAN_ATTRIBUTES, span.attributes());
    for (SpanEvent event : span.events()) {
      event(out, event);
    }
    for (SpanLink link : span.links()) {
      link(out, link);
    }
    status(out, span.status());
    out.end(message);
  }

  private static void event(ProtoWriter out, SpanEvent event) {
    int message = out.begin(SPAN_EVENTS);
    out.fixed64(EVENT_TIME, event.timeUnixNano());
    out.string(EVENT_NAME, event.name());
    AnyValues.writeAll(out, EVENT_ATTRIBUTES, event.attributes());
    out.end(message);
  }

  private static void link(ProtoWriter out, SpanLink link) {
    int message = out.begin(SPAN_LINKS);
    out.hex(LINK_TRACE_ID, TraceIds.hex(link.traceId()));
    out.hex(LINK_SPAN_ID, link.spanId());
    AnyValues.writeAll(out, LINK_ATTRIBUTES, link.attributes());
    out.end(message);
  }

  private static void status(ProtoWriter out, SpanStatus status) {
    int message = out.begin(SPAN_STATUS);
    if (!status.message().isEmpty()) {
      out.string(STATUS_MESSAGE, status.message());
    }
    if (status.code().number() != 0) {
      out.int64(STATUS_CODE, status.code().number());
    }
    out.end(message);
  }
}
