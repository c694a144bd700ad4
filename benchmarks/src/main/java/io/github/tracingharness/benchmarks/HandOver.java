package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.BatchLimits;
import io.github.tracingharness.core.export.BatcherAccess;
import io.github.tracingharness.core.export.ExportExecutor;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.OtlpSpanExporter;
import io.github.tracingharness.core.export.QueueLimits;
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
 * A span processor under measurement and the exporter at its end, which does nothing. All have room
 * for 2048 spans and make batches of 512.
 *
 * @param processor takes the spans
 * @param exporter counts what arrives
 */
record HandOver(SpanProcessor processor, CountingExporter exporter) {

  private static final int BATCH = 512;

  static HandOver create(String name) {
    CountingExporter exporter = new CountingExporter();
    return switch (name) {
      case "BatchSpanProcessor" -> {
        BatchProcessorPipeline.silence();
        yield new HandOver(BatchSpanProcessor.builder(exporter).build(), exporter);
      }
      case "span batcher" -> new HandOver(new BatcherProcessor(exporter), exporter);
      case "trace pipeline" -> new HandOver(tracePipeline(exporter), exporter);
      default -> throw new IllegalArgumentException("unknown processor \"" + name + "\"");
    };
  }

  /** All that a span of the reference goes through, with the exporter through OTLP at its end. */
  private static SpanProcessor tracePipeline(CountingExporter exporter) {
    ExportLedger ledger = new ExportLedger();
    ExportExecutor executor = ExportExecutor.asynchronous(new QueueLimits(2, 1));
    OtlpSpanExporter otlp = new OtlpSpanExporter(
        exporter,
        Duration.ofSeconds(10),
        ledger,
        false,
        executor,
        new BatchLimits(BATCH, Duration.ofSeconds(5), 2 * BATCH));
    TraceManager manager = new TraceManager(
        new Destinations(new TraceLocation.Experiment("0")),
        Map.of(),
        false,
        new TraceLimits(
            100_000,
            Optional.empty(),
            Duration.ofSeconds(1),
            new AttachmentRules(false, OptionalLong.empty())),
        otlp,
        ledger);
    MlflowV3SpanProcessor spans = new MlflowV3SpanProcessor(manager, null);
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

  /** The batcher alone in the place of the peer. */
  private static final class BatcherProcessor implements SpanProcessor {

    private final BatcherAccess batcher;

    BatcherProcessor(CountingExporter exporter) {
      batcher = new BatcherAccess(exporter);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      batcher.add(span);
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }

    @Override
    public void close() {
      batcher.close();
    }
  }
}
