package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.processor.SpanNote;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.TraceIds;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes a span before its start. Used by one thread; each start makes a new span.
 *
 * @since 0.1.0
 */
public final class SpanBuilder {

  private static final Logger logger = LoggerFactory.getLogger(SpanBuilder.class);

  private final MlflowTracer tracer;
  private final String name;
  private Map<String, @Nullable Object> attributes = Map.of();
  private List<Link> links = List.of();
  private @Nullable String type;
  private @Nullable LiveSpan parent;
  private boolean root;
  private @Nullable Long startTimeNs;
  private @Nullable Double samplingRatio;

  private record Link(SpanContext target, Attributes attributes) {}

  SpanBuilder(MlflowTracer tracer, String name) {
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
    if (attributes.isEmpty()) {
      attributes = new LinkedHashMap<>();
    }
    attributes.put(key, value);
    return this;
  }

  /** Makes the span a child of another one instead of the current one. */
  public SpanBuilder parent(LiveSpan span) {
    parent = span;
    root = false;
    return this;
  }

  /** Makes the span the root of a new trace. */
  public SpanBuilder noParent() {
    root = true;
    return this;
  }

  /**
   * Sets the probability that the trace is recorded, 0 to 1, instead of the pipeline's. It counts
   * if the span is a root; other spans are recorded as their root is. Another value is ignored with
   * a warning. Where an application's own SDK makes the spans, its sampler decides instead, unless
   * it is one of {@code MlflowTracing.sampler}.
   */
  public SpanBuilder samplingRatio(double ratio) {
    if (ratio >= 0 && ratio <= 1) {
      samplingRatio = ratio;
    } else {
      logger.warn(
          "The sampling ratio {} of span {} is ignored: it must be from 0 to 1", ratio, name);
    }
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
      if (links.isEmpty()) {
        links = new ArrayList<>();
      }
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
    SpanNote note = new SpanNote(startTimeNs, samplingRatio);
    Context context = tracer.parentContext(parent, root);
    io.opentelemetry.api.trace.SpanBuilder builder =
        tracer.otel().spanBuilder(name).setParent(note.attachTo(context));
    if (startTimeNs != null) {
      builder.setStartTimestamp(startTimeNs, TimeUnit.NANOSECONDS);
    }
    for (Link link : links) {
      builder.addLink(link.target(), link.attributes());
    }
    LiveSpan live = tracer.started(builder.startSpan(), note.span().orElse(null), current);
    if (type != null) {
      live.setSpanType(type);
    }
    if (!attributes.isEmpty()) {
      attributes.forEach(live::setAttribute);
    }
    return live;
  }
}
