package io.github.tracingharness.core.provider;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span builder that takes the parent from the current span of a pipeline. */
final class IsolatedSpanBuilder implements SpanBuilder {

  private final SpanBuilder inner;
  private final ActiveSpans spans;
  private @Nullable Context parent;
  private boolean root;

  IsolatedSpanBuilder(SpanBuilder inner, ActiveSpans spans) {
    this.inner = inner;
    this.spans = spans;
  }

  /** As in the SDK, null is ignored. */
  @Override
  public SpanBuilder setParent(@Nullable Context context) {
    if (context != null) {
      parent = context;
      root = false;
    }
    return this;
  }

  @Override
  public SpanBuilder setNoParent() {
    root = true;
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext target) {
    inner.addLink(target);
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext target, Attributes attributes) {
    inner.addLink(target, attributes);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, String value) {
    inner.setAttribute(key, value);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, long value) {
    inner.setAttribute(key, value);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, double value) {
    inner.setAttribute(key, value);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, boolean value) {
    inner.setAttribute(key, value);
    return this;
  }

  @Override
  public <T> SpanBuilder setAttribute(AttributeKey<T> key, T value) {
    inner.setAttribute(key, value);
    return this;
  }

  @Override
  public SpanBuilder setSpanKind(SpanKind kind) {
    inner.setSpanKind(kind);
    return this;
  }

  @Override
  public SpanBuilder setStartTimestamp(long start, TimeUnit unit) {
    inner.setStartTimestamp(start, unit);
    return this;
  }

  /** The parent is always given: the SDK would take OpenTelemetry's current span otherwise. */
  @Override
  public Span startSpan() {
    Context context = parent == null ? Context.current() : parent;
    Context own = root ? spans.withoutSpan(context) : context;
    return new IsolatedSpan(inner.setParent(spans.forOpenTelemetry(own)).startSpan(), spans);
  }
}
