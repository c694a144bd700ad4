package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.tracingharness.core.trace.TraceState;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceAssertTest {

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
        .hasPrompt("greeting", "2")
        .isInExperiment("1");
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
            "to be linked to the prompt \"greeting/3\" but its prompts are: \"greeting/2\""),
        failure(
            "isInExperiment",
            trace -> trace.isInExperiment("2"),
            "to be in experiment 2 but it is in 1"));
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
}
