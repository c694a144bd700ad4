package io.github.tracingharness.core.processor;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Records a share of the traces, children as their root. A root may have a ratio of its own.
 * Records nothing while tracing is off.
 */
public final class TraceSampler implements Sampler {

  private final Sampler otherwise;
  private final BooleanSupplier on;

  /**
   * Creates a sampler.
   *
   * @param ratio share of the traces that are recorded, 0 to 1
   * @param on whether anything is recorded at this moment on this thread
   */
  public TraceSampler(double ratio, BooleanSupplier on) {
    this.otherwise = Sampler.parentBased(Sampler.traceIdRatioBased(ratio));
    this.on = on;
  }

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind spanKind,
      Attributes attributes,
      List<LinkData> parentLinks) {
    if (!on.getAsBoolean()) {
      return SamplingResult.drop();
    }
    return sampler(parentContext)
        .shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
  }

  private Sampler sampler(Context parentContext) {
    SpanNote note = SpanNote.of(parentContext);
    Double ratio = note == null ? null : note.samplingRatio();
    boolean isRoot = !Span.fromContext(parentContext).getSpanContext().isValid();
    return ratio != null && isRoot ? Sampler.traceIdRatioBased(ratio) : otherwise;
  }

  @Override
  public String getDescription() {
    return "TraceSampler{" + otherwise.getDescription() + "}";
  }
}
