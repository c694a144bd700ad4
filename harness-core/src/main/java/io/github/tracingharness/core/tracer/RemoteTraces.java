package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.provider.ActiveSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the current span to other processes and back, in W3C's headers. */
final class RemoteTraces {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracer.class);
  private static final String PARENT = "traceparent";
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<Map<String, String>> LOOKUP =
      (headers, name) -> headers == null ? null : headers.get(name);

  private final ActiveSpans spans;

  RemoteTraces(ActiveSpans spans) {
    this.spans = spans;
  }

  Map<String, String> headers(Context context) {
    Map<String, String> headers = new LinkedHashMap<>();
    W3C.inject(spans.forOpenTelemetry(context), headers, (carrier, name, value) -> {
      if (carrier != null) {
        carrier.put(name, value);
      }
    });
    if (headers.isEmpty()) {
      logger.warn("There is no current span whose trace another process could continue;"
          + " the headers are empty");
    }
    return Map.copyOf(headers);
  }

  Context contextOf(Map<String, String> headers, Context current) {
    Map<String, String> lowerCase = new TreeMap<>();
    headers.forEach((name, value) -> {
      // The JDK's own HTTP client keeps the status line under null.
      if (name != null && value != null) {
        lowerCase.put(name.toLowerCase(Locale.ROOT), value);
      }
    });
    if (!lowerCase.containsKey(PARENT)) {
      throw new IllegalArgumentException("The headers do not contain \"traceparent\" but must"
          + " have it; MlflowTracer.tracingContextHeaders() of the calling process makes it.");
    }
    Context extracted = W3C.extract(Context.root(), lowerCase, LOOKUP);
    Span remote = Span.fromContext(extracted);
    if (!remote.getSpanContext().isValid()) {
      logger.warn("The header traceparent is malformed; the next span starts a trace of its own");
      return spans.withoutSpan(current);
    }
    return spans.with(current, remote);
  }
}
