package io.github.tracingharness.core.provider;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;

/**
 * An OpenTelemetry whose spans nest by the current span of one pipeline instead of OpenTelemetry's.
 */
public final class IsolatedOpenTelemetry implements OpenTelemetry {

  private final TracerProvider provider;
  private final ContextPropagators propagators;

  /** Wraps another one, whose parts know OpenTelemetry's current span only. */
  public IsolatedOpenTelemetry(OpenTelemetry inner, ActiveSpans spans) {
    this.provider = new Provider(inner.getTracerProvider(), spans);
    this.propagators = ContextPropagators.create(
        new IsolatedPropagator(inner.getPropagators().getTextMapPropagator(), spans));
  }

  @Override
  public TracerProvider getTracerProvider() {
    return provider;
  }

  @Override
  public ContextPropagators getPropagators() {
    return propagators;
  }

  private record Provider(TracerProvider inner, ActiveSpans spans) implements TracerProvider {

    @Override
    public Tracer get(String scope) {
      return new IsolatedTracer(inner.get(scope), spans);
    }

    @Override
    public Tracer get(String scope, String version) {
      return new IsolatedTracer(inner.get(scope, version), spans);
    }

    @Override
    public TracerBuilder tracerBuilder(String scope) {
      return new Builder(inner.tracerBuilder(scope), spans);
    }
  }

  private record Builder(TracerBuilder inner, ActiveSpans spans) implements TracerBuilder {

    @Override
    public TracerBuilder setSchemaUrl(String url) {
      inner.setSchemaUrl(url);
      return this;
    }

    @Override
    public TracerBuilder setInstrumentationVersion(String version) {
      inner.setInstrumentationVersion(version);
      return this;
    }

    @Override
    public Tracer build() {
      return new IsolatedTracer(inner.build(), spans);
    }
  }

  private record IsolatedTracer(Tracer inner, ActiveSpans spans) implements Tracer {

    @Override
    public boolean isEnabled() {
      return inner.isEnabled();
    }

    @Override
    public io.opentelemetry.api.trace.SpanBuilder spanBuilder(String name) {
      return new IsolatedSpanBuilder(inner.spanBuilder(name), spans);
    }
  }
}
