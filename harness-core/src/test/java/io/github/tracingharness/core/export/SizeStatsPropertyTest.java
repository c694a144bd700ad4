package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.tracingharness.core.testing.JsonValues;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanEvent;
import io.github.tracingharness.core.trace.SpanLink;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceState;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** The sizes are measured again in the text of the serialised trace. */
class SizeStatsPropertyTest {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @Provide
  Arbitrary<Span> spans() {
    return Combinators.combine(JsonValues.texts(), JsonValues.values(), JsonValues.texts())
        .as(SizeStatsPropertyTest::span);
  }

  @Provide
  Arbitrary<String> texts() {
    return JsonValues.texts();
  }

  @Property(tries = 300)
  void addTo_anyTrace_saysWhatItsTextMeasures(
      @ForAll @Size(max = 9) @NotEmpty List<@From("spans") Span> spans, @ForAll("texts") String tag)
      throws IOException {
    Trace trace = new Trace(info(tag), new TraceData(spans));
    String text = trace.toJson();
    List<Long> sizes = spanSizes(text);
    Collections.sort(sizes);

    Map<String, String> metadata = SizeStats.addTo(trace).info().metadata();

    Map<String, Long> expected = new LinkedHashMap<>();
    expected.put("total_size_bytes", (long) text.length());
    expected.put("num_spans", (long) spans.size());
    expected.put("max", sizes.get(sizes.size() - 1));
    expected.put("p25", percentile(sizes, "0.25"));
    expected.put("p50", percentile(sizes, "0.5"));
    expected.put("p75", percentile(sizes, "0.75"));
    assertThat(metadata)
        .containsEntry("mlflow.trace.sizeStats", PythonJson.dumps(expected))
        .containsEntry("mlflow.trace.sizeBytes", Integer.toString(text.length()));
  }

  @Property(tries = 300)
  void addTo_traceWhoseTextIsWritten_saysTheSame(
      @ForAll @Size(max = 9) List<@From("spans") Span> spans) {
    Trace trace = new Trace(info("tag"), new TraceData(spans));
    TraceDataText written = TraceDataText.of(trace.data());

    assertThat(written.text()).isEqualTo(PythonJson.dumps(trace.data().toTree()));
    assertThat(SizeStats.addTo(trace, written)).isEqualTo(SizeStats.addTo(trace));
  }

  /** Lengths of the objects in {@code data.spans}, by the positions where they begin and end. */
  private static List<Long> spanSizes(String text) throws IOException {
    List<Long> sizes = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      while (!"data".equals(parser.currentName())) {
        parser.nextToken();
        if (parser.currentToken() == JsonToken.FIELD_NAME && "info".equals(parser.currentName())) {
          parser.nextToken();
          parser.skipChildren();
        }
      }
      while (parser.nextToken() != JsonToken.START_ARRAY) {
        assertThat(parser.currentToken()).isNotNull();
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        sizes.add(parser.currentTokenLocation().getCharOffset() + 1 - start);
      }
    }
    return sizes;
  }

  /** Linear interpolation between the two values around the place, without its fraction. */
  private static long percentile(List<Long> sorted, String share) {
    BigDecimal place = new BigDecimal(share).multiply(BigDecimal.valueOf(sorted.size() - 1L));
    int below = place.intValue();
    int above = Math.min(below + 1, sorted.size() - 1);
    BigDecimal fraction = place.subtract(BigDecimal.valueOf(below));
    return BigDecimal.valueOf(sorted.get(below))
        .add(fraction.multiply(BigDecimal.valueOf(sorted.get(above) - sorted.get(below))))
        .longValue();
  }

  private static Span span(String name, Object value, String text) {
    return new Span(
        "tr-" + "0".repeat(31) + "1",
        "0123456789abcdef",
        null,
        name,
        1,
        OptionalLong.of(2),
        List.of(new SpanEvent(text, 3, Map.of("text", text, "n", 1L))),
        SpanStatus.error(text),
        Map.of("json", JsonText.of(value), "native", text),
        List.of(new SpanLink("tr-" + "1".repeat(32), "1".repeat(16), Map.of("t", text))));
  }

  private static TraceInfo info(String tag) {
    return new TraceInfo(
        "tr-" + "0".repeat(31) + "1",
        tag,
        new TraceLocation.Experiment("1"),
        tag,
        null,
        0,
        7L,
        TraceState.OK,
        Map.of("m", tag),
        Map.of("t", tag));
  }
}
