package io.github.tracingharness.core.provider;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;

/** A span that becomes the current one of its pipeline only, not of OpenTelemetry. */
final class IsolatedSpan implements Span {

  private final Span plain;
  private final ActiveSpans spans;

  IsolatedSpan(Span plain, ActiveSpans spans) {
    this.plain = plain;
    this.spans = spans;
  }

  /** Returns the same span as OpenTelemetry's SDK made it. */
  Span plain() {
    return plain;
  }

  @Override
  public Context storeInContext(Context context) {
    return spans.with(context, this);
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, T value) {
    plain.setAttribute(key, value);
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    plain.addEvent(name, attributes);
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long time, TimeUnit unit) {
    plain.addEvent(name, attributes, time, unit);
    return this;
  }

  @Override
  public Span addEvent(String name) {
    plain.addEvent(name);
    return this;
  }

  @Override
  public Span addEvent(String name, long time, TimeUnit unit) {
    plain.addEvent(name, time, unit);
    return this;
  }

  @Override
  public Span addLink(SpanContext target, Attributes attributes) {
    plain.addLink(target, attributes);
    return this;
  }

  @Override
  public Span addLink(SpanContext target) {
    plain.addLink(target);
    return this;
  }

  @Override
  public Span setStatus(StatusCode code, String description) {
    plain.setStatus(code, description);
    return this;
  }

  @Override
  public Span recordException(Throwable exception, Attributes attributes) {
    plain.recordException(exception, attributes);
    return this;
  }

  @Override
  public Span recordException(Throwable exception) {
    plain.recordException(exception);
    return this;
  }

  @Override
  public Span updateName(String name) {
    plain.updateName(name);
    return this;
  }

  @Override
  public void end() {
    plain.end();
  }

  @Override
  public void end(long time, TimeUnit unit) {
    plain.end(time, unit);
  }

  @Override
  public SpanContext getSpanContext() {
    return plain.getSpanContext();
  }

  @Override
  public boolean isRecording() {
    return plain.isRecording();
  }

  @Override
  public String toString() {
    return plain.toString();
  }
}
