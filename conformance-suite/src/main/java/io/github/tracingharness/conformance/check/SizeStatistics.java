package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.SpanIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size statistics of a trace, recomputed from the request that carries them and the delivered
 * spans. Sizes are bytes of the ASCII-escaped JSON text of Python's {@code json.dumps}.
 */
public final class SizeStatistics {

  private static final String STATS = "mlflow.trace.sizeStats";
  private static final String BYTES = "mlflow.trace.sizeBytes";
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private SizeStatistics() {}

  /** Every number of the statistics is the recomputed one. */
  public static Check exactSizes(String ref) {
    return history -> {
      Subject subject = Subject.find(history, ref);
      if (subject == null) {
        return nothing(history, ref);
      }
      ObjectNode expected = statistics(subject.started, subject.spans);
      JsonNode stated = stated(subject.started);
      if (!Json.same(stated, expected)) {
        return Finding.unmet(
            STATS + " " + expected,
            stated.isMissingNode() ? "absent, or not JSON" : stated.toString(),
            Finding.withBody(subject.started.exchange()));
      }
      String bytes = subject.started.info().path("trace_metadata").path(BYTES).asText();
      String total = expected.path("total_size_bytes").asText();
      return bytes.equals(total)
          ? CheckResult.met(STATS + " is " + expected)
          : Finding.unmet(
              "%s \"%s\"".formatted(BYTES, total),
              "\"%s\"".formatted(bytes),
              Finding.withBody(subject.started.exchange()));
    };
  }

  /** The statistics count so many spans. */
  public static Check spanCount(String ref, int count) {
    return stated(ref, "num_spans " + count, s -> s.path("num_spans").asInt(-1) == count);
  }

  /** 0 &lt; p25 ≤ p50 ≤ p75 ≤ max, all whole numbers. */
  public static Check percentilesOrdered(String ref) {
    return stated(ref, "0 < p25 <= p50 <= p75 <= max, whole numbers", s -> {
      long before = 1;
      for (String name : List.of("p25", "p50", "p75", "max")) {
        if (!s.path(name).isIntegralNumber() || s.path(name).longValue() < before) {
          return false;
        }
        before = s.path(name).longValue();
      }
      return true;
    });
  }

  private static Check stated(
      String ref, String words, java.util.function.Predicate<JsonNode> holds) {
    return TraceInfoField.metadata(ref, STATS)
        .that(words, v -> v.isTextual() && Json.strict(v.asText()).filter(holds).isPresent());
  }

  private static CheckResult nothing(CaseHistory history, String ref) {
    return Finding.unmet(
        "a start-trace request and spans for the trace of " + ref,
        "not both of them",
        Finding.requests(history));
  }

  private static JsonNode stated(StartedTrace started) {
    JsonNode text = started.info().path("trace_metadata").path(STATS);
    return Json.strict(text.asText()).orElse(JsonNodeFactory.instance.missingNode());
  }

  /** What is computed from: the last start-trace request of a trace, and its spans. */
  private record Subject(StartedTrace started, List<WireSpan> spans) {

    static @Nullable Subject find(CaseHistory history, String ref) {
      SpanIds ids = history.refs().get(ref);
      if (ids == null) {
        return null;
      }
      List<StartedTrace> started = StartedTrace.of(history, ids);
      List<WireSpan> spans = spans(history, ids.trace());
      return started.isEmpty() || spans.isEmpty()
          ? null
          : new Subject(started.get(started.size() - 1), spans);
    }

    // The uploaded form shows attribute texts as they are; the OTLP form only their values.
    private static List<WireSpan> spans(CaseHistory history, String traceId) {
      List<WireSpan> all = WireSpan.all(history).stream()
          .filter(s -> traceId.endsWith(s.traceId()))
          .toList();
      boolean uploaded = all.stream().anyMatch(s -> s.storage() == Storage.ARTIFACT);
      Map<String, WireSpan> once = new LinkedHashMap<>();
      all.stream()
          .filter(s -> (s.storage() == Storage.ARTIFACT) == uploaded)
          .forEach(s -> once.put(s.spanId(), s));
      return List.copyOf(once.values());
    }
  }

  static ObjectNode statistics(StartedTrace started, List<WireSpan> spans) {
    long[] sizes = spans.stream()
        .mapToLong(s -> PythonText.asciiSize(s.artifact()))
        .sorted()
        .toArray();
    long total = PythonText.asciiSize(emptyTrace(started)) + 2L * (sizes.length - 1);
    for (long size : sizes) {
      total += size;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("total_size_bytes", total)
        .put("num_spans", sizes.length)
        .put("max", sizes[sizes.length - 1])
        .put("p25", percentile(sizes, 1))
        .put("p50", percentile(sizes, 2))
        .put("p75", percentile(sizes, 3));
  }

  /** Linear interpolation in quarters, so that whole numbers suffice. */
  private static long percentile(long[] sorted, int quarters) {
    int m = quarters * (sorted.length - 1);
    int low = m / 4;
    int k = m % 4;
    return low + 1 >= sorted.length
        ? sorted[sorted.length - 1]
        : ((4 - k) * sorted[low] + k * sorted[low + 1]) / 4;
  }

  private static ObjectNode emptyTrace(StartedTrace started) {
    ObjectNode info = started.info() instanceof ObjectNode given
        ? given.deepCopy()
        : JsonNodeFactory.instance.objectNode();
    // In Unity Catalog the body has the bare id, but the SDK counts its own, longer one.
    info.put("trace_id", started.traceId());
    if (info.path("trace_metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of(STATS, BYTES));
    }
    JsonNode duration = info.remove("execution_duration");
    if (duration != null) {
      info.put("execution_duration_ms", millis(duration.asText()));
    }
    ObjectNode trace = JsonNodeFactory.instance.objectNode();
    trace.set("info", info);
    trace.putObject("data").putArray("spans");
    return trace;
  }

  private static long millis(String duration) {
    try {
      return new BigDecimal(duration.replaceFirst("s$", ""))
          .multiply(MILLIS)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return Long.MIN_VALUE;
    }
  }
}
