package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * The five recorded spans are in the test of the whole recorded trace; here are the other shapes.
 */
class SizeStatsTest {

  @Test
  void addTo_oneSpan_allPercentilesAreItsSize() {
    Map<String, String> metadata = metadata(0);
    int size = size(0);

    assertThat(metadata.get("mlflow.trace.sizeStats"))
        .endsWith("\"num_spans\": 1, \"max\": %d, \"p25\": %d, \"p50\": %d, \"p75\": %d}"
            .formatted(size, size, size, size));
  }

  @Test
  void addTo_threeSpans_interpolatesAndDropsTheFraction() {
    // Sizes as in a recorded trace: 935, 751, 1546 give 843, 935 and 1240.
    int base = size(0);
    Map<String, String> metadata = metadata(935 - base, 751 - base, 1546 - base);

    assertThat(metadata.get("mlflow.trace.sizeStats"))
        .endsWith("\"num_spans\": 3, \"max\": 1546, \"p25\": 843, \"p50\": 935, \"p75\": 1240}");
  }

  @Test
  void addTo_anyTrace_totalIsTheLengthOfItsJson() {
    Trace trace = trace(3, 5, 8);

    Map<String, String> metadata = SizeStats.addTo(trace).info().metadata();

    assertThat(metadata.get("mlflow.trace.sizeBytes"))
        .isEqualTo(Integer.toString(trace.toJson().length()));
  }

  @Test
  void addTo_noSpans_addsNothing() {
    Trace trace = trace();

    assertThat(SizeStats.addTo(trace)).isEqualTo(trace);
  }

  private static Map<String, String> metadata(int... padding) {
    return SizeStats.addTo(trace(padding)).info().metadata();
  }

  private static int size(int padding) {
    return io.github.tracingharness.core.trace.PythonJson.dumpsAscii(
            span(padding).toTree())
        .length();
  }

  private static Trace trace(int... padding) {
    List<Span> spans = Arrays.stream(padding).mapToObj(SizeStatsTest::span).toList();
    TraceInfo info = new TraceInfo(
        "tr-" + "0".repeat(32),
        null,
        new TraceLocation.Experiment("1"),
        null,
        null,
        0,
        0L,
        TraceState.OK,
        Map.of("é", "ü"),
        Map.of());
    return new Trace(info, new TraceData(spans));
  }

  private static Span span(int padding) {
    return new Span(
        "tr-" + "0".repeat(32),
        "0".repeat(16),
        null,
        "n",
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        Map.of("pad", new JsonText("x".repeat(padding))),
        List.of());
  }
}
