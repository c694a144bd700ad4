package io.github.tracingharness.core.processor;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processor of a pipeline for the provider of an application's own SDK: spans go the same way,
 * and a flush or shutdown of the SDK is one of the pipeline. These two run on a thread of their
 * own, which ends with them, since the SDK's callers do not expect to wait.
 */
public final class AttachedSpanProcessor implements SpanProcessor {

  private static final Logger logger = LoggerFactory.getLogger(AttachedSpanProcessor.class);

  private final SpanProcessor spans;
  private final BooleanSupplier flush;
  private final BooleanSupplier shutdown;

  /**
   * Creates a processor.
   *
   * @param spans takes the spans
   * @param flush flushes the pipeline and returns whether nothing was lost
   * @param shutdown ends the pipeline and returns whether nothing was lost
   */
  public AttachedSpanProcessor(
      SpanProcessor spans, BooleanSupplier flush, BooleanSupplier shutdown) {
    this.spans = spans;
    this.flush = flush;
    this.shutdown = shutdown;
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    spans.onStart(parentContext, span);
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
  public CompletableResultCode forceFlush() {
    return run("mlflow-trace-flush", flush);
  }

  @Override
  public CompletableResultCode shutdown() {
    return run("mlflow-trace-shutdown", shutdown);
  }

  private static CompletableResultCode run(String threadName, BooleanSupplier work) {
    CompletableResultCode result = new CompletableResultCode();
    Thread thread = new Thread(() -> finish(result, work), threadName);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static void finish(CompletableResultCode result, BooleanSupplier work) {
    try {
      if (work.getAsBoolean()) {
        result.succeed();
      } else {
        result.fail();
      }
    } catch (RuntimeException | Error e) {
      logger.warn("Failed to finish the export of traces", e);
      result.fail();
    }
  }

  @Override
  public String toString() {
    return "MlflowSpanProcessor";
  }
}
