package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.tracingharness.core.trace.TraceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceAssertTest {

  private static final Map<String, String> SIZED = Map.of(
      "mlflow.trace.sizeStats",
      "{\"total_size_bytes\": 1000, \"num_spans\": 3, \"max\": 300, \"p25\": 200, \"p50\": 250,"
          + " \"p75\": 280}",
      "mlflow.trace.sizeBytes",
      "1000",
      "mlflow.trace.tokenUsage",
      "{\"input_tokens\": 10, \"output_tokens\": 5, \"total_tokens\": 15}");

  @Test
  void assertions_thatHold_pass() {
    assertThat(Samples.trace())
        .hasState(TraceState.OK)
        .hasRoot("answer")
        .hasSpan("retrieve")
        .hasSpan("retrieve", span -> span.hasParent("answer"))
        .hasSpans("generate", "answer", "retrieve")
        .hasSpanCount(3)
        .doesNotHaveSpan("rank")
        .hasTag("model", "m1")
        .doesNotHaveTag("user")
        .hasMetadata("mlflow.trace.session", "s-1")
        .hasRequestPreview("What is a span?")
        .doesNotHaveMetadata("mlflow.trace.user")
        .hasPrompt("greeting", "2")
        .hasPrompts("greeting/2")
        .hasDuration(Duration.ofMillis(12))
        .hasDurationBetween(Duration.ofMillis(12), Duration.ofMillis(12))
        .hasSpansInOrder("answer", "generate")
        .hasTree("""
            answer
              generate
              retrieve
            """)
        .isInExperiment("1");
    assertThat(Samples.trace(List.of(Samples.answer()))).hasOnlyEndedSpans();
    assertThat(Samples.trace(SIZED))
        .hasConsistentSizeStatistics()
        .hasSizeBetween(900, 1000)
        .hasTokenUsage(10, 5, 15);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "hasState",
            trace -> trace.hasState(TraceState.ERROR),
            "to have state ERROR but it is OK"),
        failure(
            "hasRoot",
            trace -> trace.hasRoot("retrieve"),
            "to have the one root \"retrieve\" but its roots are: \"answer\""),
        failure("hasSpan", trace -> trace.hasSpan("retreive"), """
            to have a span "retreive" but its spans are: "answer", "retrieve", "generate"
            Nearest: "retrieve\""""),
        failure(
            "hasSpan without a near one",
            trace -> trace.hasSpan("x", span -> {}),
            "to have a span \"x\" but its spans are: \"answer\", \"retrieve\", \"generate\""),
        failure(
            "hasSpans",
            trace -> trace.hasSpans("answer", "answer", "rank", "retrieve"),
            "to have exactly the spans \"answer\", \"answer\", \"rank\", \"retrieve\" but missing"
                + " are: \"answer\", \"rank\" and unexpected are: \"generate\""),
        failure("hasSpanCount", trace -> trace.hasSpanCount(2), "to have 2 spans but there are 3"),
        failure(
            "doesNotHaveSpan",
            trace -> trace.doesNotHaveSpan("answer"),
            "not to have a span \"answer\" but it has"),
        failure(
            "hasTag with another value",
            trace -> trace.hasTag("model", "m2"),
            "to have a tag \"model\" with value \"m2\" but it is \"m1\""),
        failure("hasTag without the key", trace -> trace.hasTag("modle", "m1"), """
            to have a tag "modle" but its tags are:
              mlflow.traceName = "answer"
              model = "m1"
            Nearest: "model\""""),
        failure(
            "doesNotHaveTag",
            trace -> trace.doesNotHaveTag("model"),
            "not to have a tag \"model\" but it is \"m1\""),
        failure(
            "hasMetadata",
            trace -> trace.hasMetadata("mlflow.trace.session", "s-2"),
            "to have a metadata value \"mlflow.trace.session\" with value \"s-2\" but it is"
                + " \"s-1\""),
        failure("hasRequestPreview", trace -> trace.hasRequestPreview("What is 100 %?"), """
            to have the request preview
              "What is 100 %?"
            but it is
              "What is a span?\""""),
        failure("hasResponsePreview", trace -> trace.hasResponsePreview("42"), """
            to have the response preview
              "42"
            but it has none"""),
        failure("hasClientRequestId", trace -> trace.hasClientRequestId("r-1"), """
            to have the client request id
              "r-1"
            but it has none"""),
        failure(
            "hasPrompt",
            trace -> trace.hasPrompt("greeting", "3"),
            "to be linked to the prompt \"greeting/3\" but its prompts are: \"greeting/2\"\nNearest:"
                + " \"greeting/2\""),
        failure(
            "isInExperiment",
            trace -> trace.isInExperiment("2"),
            "to be in experiment 2 but it is in 1"),
        failure(
            "hasDuration",
            trace -> trace.hasDuration(Duration.ofMillis(13)),
            "to have the duration 13.000 ms but it is 12.000 ms"),
        failure(
            "hasDurationBetween",
            trace -> trace.hasDurationBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)),
            "to have a duration from 1000.000 ms to 2000.000 ms but it is 12.000 ms"),
        failure(
            "doesNotHaveMetadata",
            trace -> trace.doesNotHaveMetadata("mlflow.trace.session"),
            "not to have a metadata value \"mlflow.trace.session\" but it is \"s-1\""),
        failure(
            "hasPrompts",
            trace -> trace.hasPrompts("rules/1", "greeting/2"),
            "to be linked to exactly the prompts \"greeting/2\", \"rules/1\" but its prompts are:"
                + " \"greeting/2\""),
        failure(
            "hasTokenUsage without one",
            trace -> trace.hasTokenUsage(1, 2, 3),
            "to have the token usage {\"input_tokens\": 1, \"output_tokens\": 2, \"total_tokens\":"
                + " 3} but it has none"),
        failure("hasConsistentSizeStatistics", trace -> trace.hasConsistentSizeStatistics(), """
            to have size statistics but its metadata are:
              mlflow.trace.session = "s-1\""""),
        failure(
            "hasSizeBetween",
            trace -> trace.hasSizeBetween(1, 2),
            "to have a size from 1 to 2 bytes but it announces none"),
        failure(
            "hasOnlyEndedSpans",
            trace -> trace.hasOnlyEndedSpans(),
            "to have only ended spans but open are: \"generate\""),
        failure("hasTree", trace -> trace.hasTree("answer\n retrieve\n  generate"), """
            to have the tree
              answer
                retrieve
                  generate
            but it is
              answer
                generate
                retrieve"""),
        failure(
            "hasSpansInOrder",
            trace -> trace.hasSpansInOrder("answer", "generate", "retrieve"),
            "to have the spans \"answer\", \"generate\", \"retrieve\" in order of their start but"
                + " \"retrieve\" does not follow, the order is: \"answer\", \"retrieve\","
                + " \"generate\""),
        failure("matchesGolden", trace -> trace.matchesGolden("another-answer"), """
            to match the golden trace "another-answer" but it differs (- \
            src/test/resources/golden-traces/another-answer.txt, + this trace; \
            -Dtracingharness.golden=update accepts it):
              state: OK
            - request preview: "What is a trace?"
            + request preview: "What is a span?"
              tag mlflow.traceName: "answer"
              tag model: "m1"
              …
                  outputs: ["a", {"b": 1.0}]
                  attribute score: 7
            +   span generate ERROR "TimeoutException: no answer" open
            +       event exception: {"exception.message": "no answer", "exception.type": \
            "TimeoutException"}
                span retrieve RETRIEVER OK
                    event cache miss: {"size": 5}
            +       link to another trace: {"kind": "retry"}"""));
  }

  private static Arguments failure(String name, Consumer<TraceAssert> call, String message) {
    return argumentSet(name, call, message);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void assertion_thatDoesNotHold_saysWhy(Consumer<TraceAssert> call, String message) {
    Assertions.assertThatThrownBy(() -> call.accept(assertThat(Samples.trace())))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Expecting trace\n  " + Samples.TRACE_ID + "\n" + message + "\n\n" + Samples.PICTURE);
  }

  @Test
  void hasSpan_oneOfSeveralFulfils_passes() {
    assertThat(Samples.trace(List.of(Samples.answer(), Samples.retrieve())))
        .hasSpan("answer", span -> span.hasAttribute("score", 7));
  }

  @Test
  void hasSpan_noneOfSeveralFulfils_givesAllReasons() {
    Assertions.assertThatThrownBy(
            () -> assertThat(Samples.trace(List.of(Samples.answer(), Samples.answer())))
                .hasSpan("answer", span -> span.hasAttribute("score", 8)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expecting trace\n  " + Samples.TRACE_ID + "\n" + """
            to have a span "answer" that fulfils the requirements but none of its 2 spans of that \
            name does:
            - Expecting span "answer" to have attribute "score" 8 but it is 7 at $: expected 8, \
            found 7
            - Expecting span "answer" to have attribute "score" 8 but it is 7 at $: expected 8, \
            found 7
            """);
  }

  @Test
  void assertion_onNull_saysSo() {
    Assertions.assertThatThrownBy(() -> new TraceAssert(null).hasRoot("answer"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expecting actual not to be null");
  }

  @Test
  void description_isShownFirst() {
    Assertions.assertThatThrownBy(
            () -> assertThat(Samples.trace()).as("first call").hasSpanCount(2))
        .hasMessageStartingWith("[first call] Expecting trace\n");
  }

  @Test
  void hasTokenUsage_other_saysWhere() {
    Assertions.assertThatThrownBy(() -> assertThat(Samples.trace(SIZED)).hasTokenUsage(10, 6, 16))
        .hasMessage("Expecting trace\n  " + Samples.TRACE_ID + "\n" + """
            to have the token usage
              {"input_tokens": 10, "output_tokens": 6, "total_tokens": 16}
            but it is
              {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
            at $.output_tokens: expected 6, found 5

            """ + Samples.PICTURE);
  }

  @Test
  void hasConsistentSizeStatistics_contradictions_listsAll() {
    Map<String, String> wrong = Map.of(
        "mlflow.trace.sizeStats",
        "{\"total_size_bytes\": 250, \"num_spans\": 2, \"max\": 300, \"p25\": 200, \"p50\": 150,"
            + " \"p75\": \"x\"}",
        "mlflow.trace.sizeBytes",
        "1000");
    Assertions.assertThatThrownBy(
            () -> assertThat(Samples.trace(wrong)).hasConsistentSizeStatistics())
        .hasMessage("Expecting trace\n  " + Samples.TRACE_ID + "\n" + """
            to have consistent size statistics but
            - num_spans is 2, but there are 3 spans
            - p50 is 150, less than p25 of 200
            - p75 must be a count, but is "x"
            - total_size_bytes is 250, less than max of 300
            - total_size_bytes is 250, but mlflow.trace.sizeBytes is 1000

            """ + Samples.PICTURE);
  }

  @Test
  void hasTree_withoutNames_isRefused() {
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(Samples.trace()).hasTree(" \n"))
        .withMessage("The tree must name at least one span.");
  }

  /** The failing calls, for {@link FailureTextsTest}. */
  @SuppressWarnings("unchecked")
  static List<Runnable> failingCalls() {
    return failures()
        .map(Arguments::get)
        .map(given ->
            (Runnable) () -> ((Consumer<TraceAssert>) given[0]).accept(assertThat(Samples.trace())))
        .toList();
  }

  /** The same calls to soft assertions. */
  @SuppressWarnings("unchecked")
  static List<Consumer<TracingSoftAssertions>> softCalls() {
    return failures()
        .map(Arguments::get)
        .map(given -> (Consumer<TracingSoftAssertions>)
            softly -> ((Consumer<TraceAssert>) given[0]).accept(softly.assertThat(Samples.trace())))
        .toList();
  }
}
