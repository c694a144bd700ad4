package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.RecordedCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportsAssertTest {

  private static final Counts ONE = new Counts(1, 1, Map.of());

  private static TracingStats stats(Counts traces, Counts spans) {
    return new TracingStats(traces, spans, 0);
  }

  @Test
  void deliveredExactlyOnce_byOtlpOrByUpload_passes() {
    assertThat(new Exports(
            Map.of("tr-1", 1), Map.of("1/a", 1), Map.of(), List.of(), List.of(), stats(ONE, ONE)))
        .deliveredExactlyOnce();
    assertThat(new Exports(
            Map.of("tr-1", 1), Map.of(), Map.of("/p", 1), List.of(), List.of(), stats(ONE, ONE)))
        .deliveredExactlyOnce();
  }

  @Test
  void deliveredExactlyOnce_everythingWrong_listsAll() {
    Exports exports = new Exports(
        Map.of("tr-1", 2),
        Map.of("1/a", 3),
        Map.of("/p", 1),
        List.of(),
        List.of(),
        stats(new Counts(3, 1, Map.of(DropReason.QUEUE_FULL, 1L)), new Counts(3, 2, Map.of())));

    Assertions.assertThatThrownBy(() -> assertThat(exports).deliveredExactlyOnce())
        .hasMessage("""
            Expecting every trace and span to be delivered exactly once but
            - 1 traces were dropped: {QUEUE_FULL=1}
            - 1 traces are pending
            - 1 spans are pending
            - trace tr-1 was delivered 2 times
            - span 1/a was delivered 3 times
            - 3 traces were made, but the server accepted 1
            - 1 spans came by OTLP and 1 uploads came as well""");
  }

  @Test
  void deliveredExactlyOnce_lostSpan_saysHowMany() {
    Exports exports =
        new Exports(Map.of("tr-1", 1), Map.of(), Map.of(), List.of(), List.of(), stats(ONE, ONE));

    Assertions.assertThatThrownBy(() -> assertThat(exports).deliveredExactlyOnce())
        .hasMessage("""
            Expecting every trace and span to be delivered exactly once but
            - 1 spans were made, but the server accepted 0""");
  }

  private static RecordedCall call(
      long number, Endpoint endpoint, String path, String body, long arrived, long answered) {
    return new RecordedCall(
        number,
        endpoint,
        "POST",
        path,
        "",
        List.of(),
        body.getBytes(StandardCharsets.UTF_8),
        200,
        List.of(),
        new byte[0],
        4711,
        arrived,
        answered);
  }

  /** Two traces: the uploads of both are there, but one before its info was answered. */
  private static Exports uploaded() {
    String first = "tr-0af7651916cd43dd8448eb211c80319c";
    String second = "tr-4bf92f3577b34da6a3ce929d0e0e4736";
    String info = "{\"trace\": {\"trace_info\": {\"trace_id\": \"%s\"}}}";
    return Exports.read(
        List.of(
            call(1, Endpoint.START_TRACE, "/traces", info.formatted(first), 10, 20),
            call(2, Endpoint.PUT_ARTIFACT, "/1/traces/" + first + "/traces.json", "{}", 21, 30),
            call(3, Endpoint.START_TRACE, "/traces", info.formatted(second), 31, 50),
            call(4, Endpoint.PUT_ARTIFACT, "/1/traces/" + second + "/traces.json", "{}", 40, 45)),
        stats(new Counts(3, 2, Map.of()), new Counts(4, 3, Map.of())));
  }

  private static Exports batches() {
    return new Exports(
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(5, 2),
        List.of(),
        new TracingStats(new Counts(3, 2, Map.of(DropReason.QUEUE_FULL, 1L)), ONE, 4));
  }

  @Test
  void assertions_thatHold_pass() {
    assertThat(batches())
        .hasSpanBatches(2, 5)
        .hasNoSpanBatchLargerThan(5)
        .hasDroppedTraces(DropReason.QUEUE_FULL, 1)
        .hasDroppedTraces(DropReason.START_TRACE_FAILED, 0)
        .hasNothingPending()
        .hasRetried(4)
        .hasCalls(Endpoint.ANY, 0);
    assertThat(uploaded()).hasCalls(Endpoint.START_TRACE, 2).hasCalls(Endpoint.ANY, 4);
  }

  static Stream<Arguments> failures() {
    String none = "\n\nCalls that the server saw: none";
    String four = """


        Calls that the server saw: 4
          #1 POST /traces -> 200
          #2 POST /1/traces/tr-0af7651916cd43dd8448eb211c80319c/traces.json -> 200
          #3 POST /traces -> 200
          #4 POST /1/traces/tr-4bf92f3577b34da6a3ce929d0e0e4736/traces.json -> 200""";
    return Stream.of(
        failure(
            "hasCalls",
            uploaded(),
            exports -> exports.hasCalls(Endpoint.LINK_PROMPTS, 1),
            "to have 1 calls of LINK_PROMPTS but there are 0" + four),
        failure(
            "hasSpanBatches",
            batches(),
            exports -> exports.hasSpanBatches(5, 5),
            "to have batches of [5, 5] spans but they are of [5, 2]" + none),
        failure(
            "hasNoSpanBatchLargerThan",
            batches(),
            exports -> exports.hasNoSpanBatchLargerThan(4),
            "to have no batch of more than 4 spans but they are of [5, 2]" + none),
        failure(
            "hasDroppedTraces",
            batches(),
            exports -> exports.hasDroppedTraces(DropReason.START_TRACE_FAILED, 1),
            "to have dropped 1 traces by START_TRACE_FAILED but dropped are: {QUEUE_FULL=1}"
                + none),
        failure(
            "hasNothingPending",
            uploaded(),
            exports -> exports.hasNothingPending(),
            "to have nothing pending but there are 1 traces and 1 spans" + four),
        failure(
            "hasRetried",
            batches(),
            exports -> exports.hasRetried(3),
            "to have sent 3 requests again but it was 4" + none),
        failure(
            "hasOrderInEachTrace",
            uploaded(),
            exports -> exports.hasOrderInEachTrace(Endpoint.START_TRACE, Endpoint.PUT_ARTIFACT),
            """
            to have the order [START_TRACE, PUT_ARTIFACT] in each trace but
            - of trace tr-4bf92f3577b34da6a3ce929d0e0e4736 #4 POST \
            /1/traces/tr-4bf92f3577b34da6a3ce929d0e0e4736/traces.json -> 200 came before the answer \
            to #3 POST /traces -> 200""" + four),
        failure(
            "hasOrderInEachTrace without traces",
            batches(),
            exports -> exports.hasOrderInEachTrace(Endpoint.START_TRACE),
            """
            to have the order [START_TRACE] in each trace but
            - there is no trace""" + none));
  }

  private static Arguments failure(
      String name, Exports exports, Consumer<ExportsAssert> call, String message) {
    return argumentSet(name, exports, call, message);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void assertion_thatDoesNotHold_saysWhy(
      Exports exports, Consumer<ExportsAssert> call, String message) {
    Assertions.assertThatThrownBy(() -> call.accept(assertThat(exports)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expecting exports\n" + message);
  }

  /** The failing calls, for {@link FailureTextsTest}. */
  @SuppressWarnings("unchecked")
  static List<Runnable> failingCalls() {
    return Stream.concat(
            failures().map(Arguments::get).map(given -> (Runnable)
                () -> ((Consumer<ExportsAssert>) given[1]).accept(assertThat((Exports) given[0]))),
            Stream.of((Runnable) () -> assertThat(batches()).deliveredExactlyOnce()))
        .toList();
  }

  /** The same calls to soft assertions. */
  @SuppressWarnings("unchecked")
  static List<Consumer<TracingSoftAssertions>> softCalls() {
    return Stream.concat(
            failures().map(Arguments::get).map(given -> (Consumer<TracingSoftAssertions>) softly ->
                ((Consumer<ExportsAssert>) given[1]).accept(softly.assertThat((Exports) given[0]))),
            Stream.of((Consumer<TracingSoftAssertions>)
                softly -> softly.assertThat(batches()).deliveredExactlyOnce()))
        .toList();
  }
}
