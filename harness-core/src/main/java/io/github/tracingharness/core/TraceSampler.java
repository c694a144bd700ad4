package io.github.tracingharness.core;

import io.github.tracingharness.core.export.ExportThread;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Records a share of the traces, children as their root; records nothing on a thread that exports.
 */
final class TraceSampler implements Sampler {

  private final Sampler sampler;

  TraceSampler(double ratio) {
    sampler = Sampler.parentBased(Sampler.traceIdRatioBased(ratio));
  }

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind spanKind,
      Attributes attributes,
      List<LinkData> parentLinks) {
    return ExportThread.isExporting()
        ? SamplingResult.drop()
        : sampler.shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
  }

  @Override
  public String getDescription() {
    return "TraceSampler{" + sampler.getDescription() + "}";
  }
}
