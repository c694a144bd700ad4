package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenSpan;
import io.github.tracingharness.core.processor.SpanNote;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.TraceIds;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Describes a span before its start. Used by one thread; each start makes a new span.
 *
 * @since 0.1.0
 */
public final class SpanBuilder {

  private final Tracer tracer;
  private final String name;
  private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
  private final List<Link> links = new ArrayList<>();
  private @Nullable String type;
  private @Nullable Context parent;
  private @Nullable Long startTimeNs;

  private record Link(SpanContext target, Attributes attributes) {}

  SpanBuilder(Tracer tracer, String name) {
    this.tracer = tracer;
    this.name = name;
  }

  /** Sets the type, for example one of {@link io.github.tracingharness.core.trace.SpanType}. */
  public SpanBuilder type(String spanType) {
    type = spanType;
    return this;
  }

  /** Sets the inputs of the traced operation. */
  public SpanBuilder inputs(@Nullable Object inputs) {
    return attribute(SpanAttributeKey.INPUTS, inputs);
  }

  /** Sets an attribute; see {@link LiveSpan#setAttribute}. */
  public SpanBuilder attribute(String key, @Nullable Object value) {
    attributes.put(key, value);
    return this;
  }

  /** Makes the span a child of another one instead of the current one. */
  public SpanBuilder parent(LiveSpan span) {
    parent = Context.current().with(span.otelSpan());
    return this;
  }

  /** Makes the span the root of a new trace. */
  public SpanBuilder noParent() {
    parent = Context.root();
    return this;
  }

  /** Sets the start time in nanoseconds since 1970; without it the span starts now. */
  public SpanBuilder startTime(long startNs) {
    startTimeNs = startNs;
    return this;
  }

  /**
   * Links the span to another one, whose trace id has MLflow's form or is plain hex. An invalid id
   * is ignored.
   */
  public SpanBuilder link(String traceId, String spanId, Map<String, ?> linkAttributes) {
    SpanContext target = SpanContext.create(
        TraceIds.hex(traceId), spanId, TraceFlags.getSampled(), TraceState.getDefault());
    if (target.isValid()) {
      links.add(new Link(target, EventAttributes.of(linkAttributes)));
    }
    return this;
  }

  /** Starts the span and makes it the current one until it ends. */
  public LiveSpan startSpan() {
    return start(true);
  }

  /** Starts the span without making it current. */
  public LiveSpan startDetachedSpan() {
    return start(false);
  }

  private LiveSpan start(boolean current) {
    SpanNote note = new SpanNote(startTimeNs);
    io.opentelemetry.api.trace.SpanBuilder builder = tracer
        .spanBuilder(name)
        .setParent(note.attachTo(parent == null ? Context.current() : parent));
    if (startTimeNs != null) {
      builder.setStartTimestamp(startTimeNs, TimeUnit.NANOSECONDS);
    }
    links.forEach(link -> builder.addLink(link.target(), link.attributes()));
    Span span = builder.startSpan();
    OpenSpan open = note.span().orElse(null);
    LiveSpan live = new LiveSpan(span, open, current);
    if (type != null) {
      live.setSpanType(type);
    }
    attributes.forEach(live::setAttribute);
    return live;
  }
}
