package io.github.tracingharness.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceParserTest {

  private static final String HEX = "0123456789abcdef0123456789abcdef";

  @Property(tries = 300)
  void trace_writtenJson_isTheSameTrace(@ForAll("traces") Trace trace) {
    Trace read = TraceParser.trace(trace.toJson());

    assertThat(read.info()).isEqualTo(trace.info());
    assertThat(read.toJson()).isEqualTo(trace.toJson());
    assertThat(read.data()).isEqualTo(trace.data());
  }

  @Property(tries = 300)
  void info_wireForm_isTheSameInfo(@ForAll("traces") Trace trace) {
    TraceInfo info = trace.info();

    TraceInfo read =
        TraceParser.info((Map<?, ?>) PythonJson.loads(PythonJson.dumpsAscii(info.toWireTree())));

    assertThat(read).isEqualTo(info);
  }

  @Property
  void trace_anyText_isReadOrRefused(@ForAll String text) {
    assertThatThrownBy(() -> TraceParser.trace(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void info_unityCatalog_keepsItsLocation() {
    for (TraceLocation location : List.of(
        new TraceLocation.UcSchema("c", "s"),
        new TraceLocation.UcTablePrefix("c", "s", "p", "c.s.p_spans"))) {
      TraceInfo info = info(TraceIds.of(location, HEX), location);

      assertThat(TraceParser.info(info.toTree())).isEqualTo(info);
    }
  }

  @Test
  void trace_readsWhatItWasGivenOfNativeSpans() {
    Span span = new Span(
        "tr-" + HEX,
        "0123456789abcdef",
        null,
        "native",
        1,
        OptionalLong.empty(),
        List.of(),
        SpanStatus.UNSET,
        Map.of("text", "no {json", "number", 5L, "list", List.of(1L, 2L)),
        List.of(new SpanLink("tr-" + HEX, "fedcba9876543210", Map.of("a", 1.5))));
    Trace trace = new Trace(
        info("tr-" + HEX, new TraceLocation.Experiment("1")), new TraceData(List.of(span)));

    assertThat(TraceParser.trace(trace.toJson())).isEqualTo(trace);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "execution_duration|1.2|execution_duration is no duration but 1.2",
        "execution_duration|xs|execution_duration is no duration but xs",
        "request_time|yesterday|request_time is no time but yesterday",
        "state|SLEEPING|state is SLEEPING",
        "trace_location|here|trace_location is no JSON object"
      })
  void info_wrongValue_isNamed(String key, String value, String message) {
    Map<String, Object> tree =
        new HashMap<>(info("tr-" + HEX, new TraceLocation.Experiment("1")).toTree());
    tree.remove("execution_duration_ms");
    tree.put(key, value);

    assertThatThrownBy(() -> TraceParser.info(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static TraceInfo info(String traceId, TraceLocation location) {
    return new TraceInfo(
        traceId, null, location, null, null, 5, 7L, TraceState.OK, Map.of(), Map.of());
  }

  @Provide
  Arbitrary<Trace> traces() {
    Arbitrary<Span> spans = spans();
    Arbitrary<String> texts = texts();
    Arbitrary<Map<String, String>> maps = Arbitraries.maps(texts, texts).ofMaxSize(3);
    Arbitrary<Long> times = Arbitraries.longs().between(0, 4_102_444_800_000L);
    Arbitrary<TraceInfo> infos = Combinators.combine(
            texts.injectNull(0.3),
            texts.injectNull(0.3),
            texts.injectNull(0.3),
            times,
            Arbitraries.longs().between(-10_000, 100_000_000).injectNull(0.2),
            Arbitraries.of(TraceState.class),
            maps,
            maps)
        .as((request, requestPreview, responsePreview, time, duration, state, metadata, tags) ->
            new TraceInfo(
                "tr-" + HEX,
                request,
                new TraceLocation.Experiment("12"),
                requestPreview,
                responsePreview,
                time,
                duration,
                state,
                metadata,
                tags));
    return Combinators.combine(infos, spans.list().ofMaxSize(3))
        .as((info, list) -> new Trace(info, new TraceData(list)));
  }

  private static Arbitrary<Span> spans() {
    Arbitrary<String> ids = Arbitraries.longs().map(number -> "%016x".formatted(number));
    Arbitrary<String> texts = texts();
    Arbitrary<Object> values = Arbitraries.oneOf(
        texts.map(JsonText::of),
        Arbitraries.integers().map(JsonText::of),
        Arbitraries.maps(texts, texts).ofMaxSize(2).map(JsonText::of),
        texts.list().ofMaxSize(2).map(JsonText::of));
    Arbitrary<Map<String, Object>> raw = Arbitraries.maps(
            texts,
            Arbitraries.oneOf(
                texts.map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag)))
        .ofMaxSize(2);
    Arbitrary<SpanEvent> events =
        Combinators.combine(texts, Arbitraries.longs(), raw).as(SpanEvent::new);
    Arbitrary<SpanLink> links = Combinators.combine(ids, raw)
        .as((id, attributes) -> new SpanLink("tr-" + HEX, id, attributes));
    return Combinators.combine(
            ids,
            ids.injectNull(0.5),
            texts,
            Arbitraries.longs(),
            Arbitraries.longs(),
            events.list().ofMaxSize(2),
            Arbitraries.maps(texts, values).ofMaxSize(3),
            links.list().ofMaxSize(2))
        .as((id, parent, name, start, end, eventList, attributes, linkList) -> new Span(
            "tr-" + HEX,
            id,
            parent,
            name,
            start,
            end % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(end),
            eventList,
            start % 2 == 0 ? SpanStatus.OK : SpanStatus.error(name),
            attributes,
            linkList));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("äß\"\\ {}[]:,0🙂\n".toCharArray())
        .ofMaxLength(8)
        .map(Texts::wellFormed);
  }
}
