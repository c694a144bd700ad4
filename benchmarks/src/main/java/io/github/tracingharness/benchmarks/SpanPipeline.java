package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.HttpTransport;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * A tracing pipeline under measurement, from the tracer to an end that takes everything at once.
 */
interface SpanPipeline extends AutoCloseable {

  /** What a traced call is given, as text of JSON. */
  String INPUTS_JSON = "{\"question\": \"What is a span?\", \"limit\": 3}";

  /** What a traced call returns. */
  String OUTPUTS = "A named and timed operation.";

  /** Starts and ends one root span. */
  default void oneSpan() {
    oneSpan("op");
  }

  /** Starts and ends one root span of a name. */
  void oneSpan(String name);

  /** Does one traced call: a root with inputs and outputs and two children with outputs. */
  void tracedCall();

  /** Waits until everything that ended is delivered. */
  void flush();

  @Override
  void close();

  static SpanPipeline create(String name) {
    return create(name, new InstantServer(), new CountingExporter());
  }

  /** Starts the pipeline of a name with one of two ends, whichever it takes. */
  static SpanPipeline create(String name, HttpTransport server, SpanExporter exporter) {
    return switch (name) {
      case "tracing-harness" -> new HarnessPipeline(server);
      case "BatchSpanProcessor" -> new BatchProcessorPipeline(exporter);
      default -> throw new IllegalArgumentException("unknown pipeline \"" + name + "\"");
    };
  }
}
