package io.github.tracingharness.core;

import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.processor.Inquiry;
import io.github.tracingharness.core.processor.MlflowV3SpanProcessor;
import io.github.tracingharness.core.processor.TraceSampler;
import io.github.tracingharness.core.provider.ActiveSpans;
import io.github.tracingharness.core.provider.IsolatedOpenTelemetry;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.core.tracer.SpanHooks;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes the spans of a pipeline: its own OpenTelemetry, or the application's. */
final class Providers {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracing.class);

  /** Name of the instrumentation scope of MLflow spans, as in Python. */
  private static final String SCOPE = "mlflow.tracing.provider";

  private final Pipeline pipeline;
  private final ProviderConfig config;
  private final TraceManager manager;
  private final ActiveSpans spans;
  private final SpanProcessor spanProcessor;
  private final OpenTelemetry openTelemetry;
  private final MlflowTracer tracer;

  Providers(Pipeline pipeline, ProviderConfig config, SpanParts parts, TraceManager manager) {
    this.pipeline = pipeline;
    this.config = config;
    this.manager = manager;
    manager.enable(!config.disabled());
    manager.limit(config.attributeLimits());
    spans = config.isolated()
        ? ActiveSpans.isolated(config.propagateToOpenTelemetry())
        : ActiveSpans.shared();
    spanProcessor = new MlflowV3SpanProcessor(
        manager, parts.hooks().isEmpty() ? null : new SpanHooks(parts.hooks()));
    OpenTelemetry own = sdk(parts);
    openTelemetry = config.isolated() ? new IsolatedOpenTelemetry(own, spans) : own;
    tracer = tracer(openTelemetry);
  }

  private OpenTelemetry sdk(SpanParts parts) {
    SdkTracerProvider provider = SdkTracerProvider.builder()
        .setIdGenerator(parts.ids())
        .setClock(parts.clock())
        .setSampler(new TraceSampler(
            TraceSampler.ofRatio(config.samplingRatio()), manager::takesSpans, pipeline))
        .setSpanLimits(config.spanLimits())
        .setResource(resource())
        .addSpanProcessor(spanProcessor)
        .build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(provider)
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  private Resource resource() {
    AttributesBuilder attributes = Attributes.builder();
    config.resource().forEach(attributes::put);
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }

  /** Returns the pipeline behind an OpenTelemetry, if its sampler is there. */
  static Optional<Pipeline> pipelineBehind(OpenTelemetry openTelemetry) {
    return Inquiry.ownerOf(openTelemetry.getTracer(SCOPE)).map(Pipeline.class::cast);
  }

  /**
   * Returns a sampler for an application's own SDK. That tracing is off is no reason to keep spans
   * from the other processors there.
   */
  Sampler sampler(@Nullable Sampler otherwise) {
    Sampler sampler = otherwise == null ? TraceSampler.ofRatio(config.samplingRatio()) : otherwise;
    return new TraceSampler(sampler, () -> true, pipeline);
  }

  /** Returns a tracer that makes its spans through any OpenTelemetry. */
  MlflowTracer tracer(OpenTelemetry maker) {
    return new MlflowTracer(maker.getTracer(SCOPE), manager, spans);
  }

  MlflowTracer tracer() {
    return tracer;
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  SpanProcessor spanProcessor() {
    return spanProcessor;
  }

  boolean isIsolated() {
    return spans.isIsolated();
  }

  boolean isEnabled() {
    return manager.isEnabled();
  }

  void enable() {
    if (config.disabled()) {
      logger.warn("Tracing stays off: {} is set to true", Setting.OTEL_DISABLED.variable());
      return;
    }
    manager.enable(true);
  }

  void disable() {
    manager.enable(false);
  }
}
