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
 * Lets another sampler decide, except for a root that has a ratio of its own. Records nothing while
 * tracing is off.
 */
public final class TraceSampler implements Sampler {

  private final Sampler otherwise;
  private final BooleanSupplier on;
  private final Object owner;

  /**
   * Creates a sampler.
   *
   * @param otherwise decides for spans without a ratio of their own
   * @param on whether anything is recorded at this moment on this thread
   * @param owner what {@link Inquiry#ownerOf} finds
   */
  public TraceSampler(Sampler otherwise, BooleanSupplier on, Object owner) {
    this.otherwise = otherwise;
    this.on = on;
    this.owner = owner;
  }

  /** Records a share of the traces, 0 to 1, and children as their root. */
  public static Sampler ofRatio(double ratio) {
    return Sampler.parentBased(ratioBased(ratio));
  }

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind spanKind,
      Attributes attributes,
      List<LinkData> parentLinks) {
    if (Inquiry.isIn(parentContext)) {
      Inquiry.answer(parentContext, owner);
      return SamplingResult.drop();
    }
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
    return ratio != null && isRoot ? ratioBased(ratio) : otherwise;
  }

  /** The SDK's sampler by ratio formats its ratio when it is made, which costs most of that. */
  private static Sampler ratioBased(double ratio) {
    return ratio == 1 ? Sampler.alwaysOn() : Sampler.traceIdRatioBased(ratio);
  }

  @Override
  public String getDescription() {
    return "TraceSampler{" + otherwise.getDescription() + "}";
  }
}
