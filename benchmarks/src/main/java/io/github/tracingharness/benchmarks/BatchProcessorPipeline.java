package io.github.tracingharness.benchmarks;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * OpenTelemetry's batch span processor with its defaults (2048 spans, batches of 512) and an
 * exporter that does nothing. Values of a traced call are set as texts that are JSON already.
 */
@SuppressWarnings("try") // A scope is opened for its closing.
final class BatchProcessorPipeline implements SpanPipeline {

  private static final AttributeKey<String> INPUTS_KEY =
      AttributeKey.stringKey("mlflow.spanInputs");
  private static final AttributeKey<String> OUTPUTS_KEY =
      AttributeKey.stringKey("mlflow.spanOutputs");

  /** Warns of every batch with drops; the loggers of JUL are held weakly. */
  private static final Logger LOGGER = Logger.getLogger(BatchSpanProcessor.class.getName());

  static {
    LOGGER.setLevel(Level.OFF);
  }

  /** Keeps the peer from logging its drops: it would do so for every batch. */
  static void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  BatchProcessorPipeline(SpanExporter exporter) {
    provider = SdkTracerProvider.builder()
        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
        .build();
    tracer = provider.get("benchmark");
  }

  @Override
  public void oneSpan(String name) {
    tracer.spanBuilder(name).setNoParent().startSpan().end();
  }

  @Override
  public void tracedCall() {
    Span root = tracer.spanBuilder("answer").startSpan();
    try (Scope ignored = root.makeCurrent()) {
      root.setAttribute(INPUTS_KEY, INPUTS_JSON);
      child("retrieve");
      child("generate");
      root.setAttribute(OUTPUTS_KEY, OUTPUTS);
    } finally {
      root.end();
    }
  }

  private void child(String name) {
    Span span = tracer.spanBuilder(name).startSpan();
    try (Scope ignored = span.makeCurrent()) {
      span.setAttribute(OUTPUTS_KEY, OUTPUTS);
    } finally {
      span.end();
    }
  }

  @Override
  public void flush() {
    if (!provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()) {
      throw new IllegalStateException("the flush did not succeed");
    }
  }

  @Override
  public void close() {
    provider.close();
  }
}
