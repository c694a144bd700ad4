package io.github.tracingharness.benchmarks;

/**
 * A tracing pipeline under measurement, from the tracer to an end that takes everything at once.
 */
interface SpanPipeline extends AutoCloseable {

  /** What a traced call is given, as text of JSON. */
  String INPUTS_JSON = "{\"question\": \"What is a span?\", \"limit\": 3}";

  /** What a traced call returns. */
  String OUTPUTS = "A named and timed operation.";

  /** Starts and ends one root span. */
  void oneSpan();

  /** Does one traced call: a root with inputs and outputs and two children with outputs. */
  void tracedCall();

  /** Waits until everything that ended is delivered. */
  void flush();

  @Override
  void close();

  static SpanPipeline create(String name) {
    return switch (name) {
      case "tracing-harness" -> new HarnessPipeline();
      case "BatchSpanProcessor" -> new BatchProcessorPipeline();
      default -> throw new IllegalArgumentException("unknown pipeline \"" + name + "\"");
    };
  }
}
