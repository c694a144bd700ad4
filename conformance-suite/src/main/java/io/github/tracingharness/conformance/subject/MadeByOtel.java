package io.github.tracingharness.conformance.subject;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A span of the plain OpenTelemetry API.
 *
 * @param traceId the id that MLflow's API has for the trace, or the hex digits where it has none
 */
record MadeByOtel(Span span, String traceId) implements MadeSpan {

  /**
   * Starts the span below the current one and says of it what the case wants.
   *
   * @param mlflowTraceId tells which trace MLflow's API takes for the current one
   */
  @SuppressWarnings("try") // A scope is there to be closed.
  static MadeByOtel start(Tracer tracer, SpanSpec spec, Supplier<Optional<String>> mlflowTraceId) {
    io.opentelemetry.api.trace.SpanBuilder builder = tracer.spanBuilder(spec.name());
    spec.start().ifPresent(time -> builder.setStartTimestamp(time, TimeUnit.NANOSECONDS));
    Span span = builder.startSpan();
    span.setAllAttributes(attributes(spec.attributes()));
    for (SpanSpec.Event event : spec.events()) {
      Attributes attributes = attributes(event.attributes());
      event
          .time()
          .ifPresentOrElse(
              time -> span.addEvent(event.name(), attributes, time, TimeUnit.NANOSECONDS),
              () -> span.addEvent(event.name(), attributes));
    }
    try (Scope ignored = span.makeCurrent()) {
      String hex = span.getSpanContext().getTraceId();
      return new MadeByOtel(
          span, mlflowTraceId.get().filter(id -> id.endsWith(hex)).orElse(hex));
    }
  }

  private static Attributes attributes(Map<String, Object> values) {
    AttributesBuilder attributes = Attributes.builder();
    values.forEach((key, value) -> put(attributes, key, value));
    return attributes.build();
  }

  private static void put(AttributesBuilder attributes, String key, Object value) {
    if (value instanceof Long number) {
      attributes.put(key, number);
    } else if (value instanceof Double number) {
      attributes.put(key, number);
    } else if (value instanceof Boolean truth) {
      attributes.put(key, truth);
    } else if (value instanceof List<?> list) {
      attributes.put(
          AttributeKey.stringArrayKey(key), list.stream().map(String::valueOf).toList());
    } else {
      attributes.put(key, String.valueOf(value));
    }
  }

  @Override
  public String spanId() {
    return span.getSpanContext().getSpanId();
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope makeCurrent() {
    return span.makeCurrent();
  }

  @Override
  public void end(SpanSpec spec) {
    SpanSpec.Status status = spec.status();
    if (status != null) {
      span.setStatus(StatusCode.valueOf(status.code()), status.message());
    }
    SpanSpec.Raised raised = spec.raise();
    if (raised != null) {
      span.recordException(Raised.of(raised));
    }
    if (spec.neverEnded()) {
      return;
    }
    for (int i = 0; i < spec.endTimes(); i++) {
      spec.end().ifPresentOrElse(time -> span.end(time, TimeUnit.NANOSECONDS), span::end);
    }
  }
}
