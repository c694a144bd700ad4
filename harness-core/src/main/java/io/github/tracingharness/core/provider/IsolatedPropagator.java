package io.github.tracingharness.core.provider;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sends and takes the current span of a pipeline instead of OpenTelemetry's. */
record IsolatedPropagator(TextMapPropagator inner, ActiveSpans spans) implements TextMapPropagator {

  @Override
  public Collection<String> fields() {
    return inner.fields();
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    inner.inject(spans.forOpenTelemetry(context), carrier, setter);
  }

  /** OpenTelemetry's current span stays what it is. */
  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    Context extracted = inner.extract(context.with(Span.getInvalid()), carrier, getter);
    Span remote = Span.fromContext(extracted);
    Context restored = extracted.with(Span.fromContext(context));
    return remote.getSpanContext().isValid() ? spans.with(restored, remote) : restored;
  }
}
