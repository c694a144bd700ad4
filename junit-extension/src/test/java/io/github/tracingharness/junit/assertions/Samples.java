package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.StoredTrace.SpansFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trace with three spans, and the picture of it. */
final class Samples {

  static final String TRACE_ID = "tr-0af7651916cd43dd8448eb211c80319c";

  static final String OTHER_TRACE = "tr-4bf92f3577b34da6a3ce929d0e0e4736";

  static final String OTHER_SPAN = "53995c3f42cd8ad8";

  static final String PICTURE = """
      tr-0af7651916cd43dd8448eb211c80319c  OK  12.000 ms  3 spans
        answer       CHAIN      OK     0.000 ms  +12.400 ms
        ├─ retrieve  RETRIEVER  OK     1.000 ms   +3.000 ms
        └─ generate             ERROR  4.000 ms        open  TimeoutException: no answer""";

  private static final long MS = 1_000_000;

  private Samples() {}

  static StoredSpan answer() {
    return new StoredSpan(
        "00f067aa0ba902b7",
        null,
        "answer",
        1000 * MS,
        1012 * MS + 400_000,
        "OK",
        "",
        Map.of(
            "mlflow.spanType", "\"CHAIN\"",
            "mlflow.spanInputs", "{\"question\": \"What is a span?\", \"limit\": 3}",
            "mlflow.spanOutputs", "[\"a\", {\"b\": 1.0}]",
            "score", "7"),
        List.of(),
        List.of());
  }

  static StoredSpan retrieve() {
    return new StoredSpan(
        "00f067aa0ba902b8",
        "00f067aa0ba902b7",
        "retrieve",
        1001 * MS,
        1004 * MS,
        "OK",
        "",
        Map.of("mlflow.spanType", "\"RETRIEVER\""),
        List.of(new StoredSpan.Event("cache miss", 1002 * MS, Map.of("size", 5L))),
        List.of(new StoredSpan.Link(OTHER_TRACE, OTHER_SPAN, Map.of("kind", "retry"))));
  }

  static StoredSpan generate() {
    return new StoredSpan(
        "00f067aa0ba902b9",
        "00f067aa0ba902b7",
        "generate",
        1004 * MS,
        0,
        "ERROR",
        "TimeoutException: no answer",
        Map.of(),
        List.of(new StoredSpan.Event(
            "exception",
            1005 * MS,
            Map.of("exception.type", "TimeoutException", "exception.message", "no answer"))),
        List.of());
  }

  static StoredTrace trace() {
    return trace(List.of(answer(), retrieve(), generate()));
  }

  static StoredTrace trace(List<StoredSpan> spans) {
    return new StoredTrace(
        TRACE_ID,
        new TraceLocation.Experiment("1"),
        Optional.empty(),
        Instant.ofEpochMilli(1000),
        Optional.of(Duration.ofMillis(12)),
        "OK",
        Map.of("mlflow.trace.session", "s-1"),
        Map.of("model", "m1", "mlflow.traceName", "answer"),
        Optional.of("What is a span?"),
        Optional.empty(),
        true,
        SpansFrom.TRACKING_STORE,
        spans,
        List.of("greeting/2"));
  }

  /** The same trace with other metadata. */
  static StoredTrace trace(Map<String, String> metadata) {
    StoredTrace plain = trace();
    return new StoredTrace(
        plain.traceId(),
        plain.location(),
        plain.clientRequestId(),
        plain.requestTime(),
        plain.executionDuration(),
        plain.state(),
        metadata,
        plain.tags(),
        plain.requestPreview(),
        plain.responsePreview(),
        plain.infoStarted(),
        plain.spansFrom(),
        plain.spans(),
        plain.prompts());
  }
}
