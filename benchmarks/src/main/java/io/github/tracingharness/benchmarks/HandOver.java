package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.BatchLimits;
import io.github.tracingharness.core.export.BatcherAccess;
import io.github.tracingharness.core.export.ExportExecutor;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.OtlpSpanExporter;
import io.github.tracingharness.core.export.QueueLimits;
import io.github.tracingharness.core.export.TraceExporter;
import io.github.tracingharness.core.manager.AttachmentRules;
import io.github.tracingharness.core.manager.Destinations;
import io.github.tracingharness.core.manager.TraceLimits;
import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.processor.MlflowV3SpanProcessor;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A span processor under measurement and the exporter at its end, which does nothing. All have the
 * same room and make batches of the same size.
 *
 * @param processor takes the spans
 * @param exporter counts what arrives
 */
record HandOver(SpanProcessor processor, CountingExporter exporter) {

  /** As many spans as OpenTelemetry's batch span processor has room for. */
  private static final BatchLimits DEFAULT_LIMITS =
      new BatchLimits(512, Duration.ofSeconds(5), 2048);

  private static final QueueLimits ONE_TASK = new QueueLimits(1, 1);

  static HandOver create(String name) {
    return create(name, DEFAULT_LIMITS);
  }

  /**
   * Starts a processor.
   *
   * @param limits limits of the batches; the one that is exported counts no more
   */
  static HandOver create(String name, BatchLimits limits) {
    CountingExporter exporter = new CountingExporter();
    return switch (name) {
      case "BatchSpanProcessor" -> {
        BatchProcessorPipeline.silence();
        yield new HandOver(
            BatchSpanProcessor.builder(exporter)
                .setMaxExportBatchSize(limits.maxSpans())
                .setMaxQueueSize(limits.maxWaiting())
                .setScheduleDelay(limits.maxInterval())
                .build(),
            exporter);
      }
      case "span batcher" -> new HandOver(new BatcherProcessor(exporter, limits), exporter);
      case "trace pipeline" -> new HandOver(tracePipeline(exporter, limits), exporter);
      case "no hand-over" -> new HandOver(new EndProcessor(), exporter);
      default -> throw new IllegalArgumentException("unknown processor \"" + name + "\"");
    };
  }

  /** All that a span of the reference goes through, with the exporter through OTLP at its end. */
  private static SpanProcessor tracePipeline(CountingExporter exporter, BatchLimits limits) {
    ExportLedger ledger = new ExportLedger();
    ExportExecutor executor = ExportExecutor.asynchronous(ONE_TASK);
    OtlpSpanExporter otlp =
        new OtlpSpanExporter(exporter, Duration.ofSeconds(10), ledger, false, executor, limits);
    MlflowV3SpanProcessor spans = new MlflowV3SpanProcessor(manager(otlp, ledger), null);
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        spans.onStart(parent, span);
      }

      @Override
      public boolean isStartRequired() {
        return true;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        spans.onEnd(span);
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }

      @Override
      public void close() {
        otlp.close(Deadline.after(Duration.ofSeconds(10)));
        boolean unused = executor.close(Deadline.after(Duration.ofSeconds(10)));
      }
    };
  }

  /** Makes a trace manager that has room for many traces and does nothing beside. */
  static TraceManager manager(TraceExporter exporter, ExportLedger ledger) {
    return new TraceManager(
        new Destinations(new TraceLocation.Experiment("0")),
        Map.of(),
        false,
        new TraceLimits(
            100_000,
            Optional.empty(),
            Duration.ofSeconds(1),
            new AttachmentRules(false, OptionalLong.empty())),
        exporter,
        ledger);
  }

  /** Is told of the end of each span and forgets it: what a span costs before any hand-over. */
  private static class EndProcessor implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  /** The batcher alone in the place of the peer. */
  private static final class BatcherProcessor extends EndProcessor {

    private final BatcherAccess batcher;

    BatcherProcessor(CountingExporter exporter, BatchLimits limits) {
      batcher = new BatcherAccess(limits, ONE_TASK, exporter);
    }

    @Override
    public void onEnd(ReadableSpan span) {
      batcher.add(span);
    }

    @Override
    public void close() {
      batcher.close();
    }
  }
}
