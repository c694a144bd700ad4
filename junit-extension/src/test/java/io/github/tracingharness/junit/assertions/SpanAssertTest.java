package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.server.StoredSpan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpanAssertTest {

  private record Question(String question, int limit) {}

  @Test
  void assertions_thatHold_pass() {
    assertThat(Samples.answer())
        .isRoot()
        .hasType("CHAIN")
        .hasInputs(Map.of("limit", 3, "question", "What is a span?"))
        .hasInputs(new Question("What is a span?", 3))
        .hasOutputs(List.of("a", Map.of("b", 1.0)))
        .hasAttribute("score", 7L)
        .doesNotHaveAttribute("other")
        .hasStatus(SpanStatusCode.OK)
        .hasEnded()
        .hasNoException();
    assertThat(Samples.retrieve()).hasEvent("cache miss").hasEvent("cache miss", Map.of("size", 5));
    assertThat(Samples.generate())
        .hasException(TimeoutException.class)
        .hasStatus(SpanStatusCode.ERROR, "TimeoutException: no answer");
    new SpanAssert(Samples.retrieve(), Samples.trace()).hasParent("answer");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "isRoot",
            Samples.retrieve(),
            span -> span.isRoot(),
            "to be a root but its parent is \"answer\""),
        failure(
            "hasParent of a child",
            Samples.retrieve(),
            span -> span.hasParent("generate"),
            "to have the parent \"generate\" but its parent is \"answer\""),
        failure(
            "hasParent of a root",
            Samples.answer(),
            span -> span.hasParent("retrieve"),
            "to have the parent \"retrieve\" but it is a root"),
        failure("hasType", Samples.answer(), span -> span.hasType("LLM"), """
            to have type
              "LLM"
            but it is
              "CHAIN"
            at $: expected "LLM", found "CHAIN\""""),
        failure(
            "hasInputs without a member",
            Samples.answer(),
            span -> span.hasInputs(Map.of("question", "What is a span?")),
            """
            to have inputs
              {"question": "What is a span?"}
            but it is
              {"question": "What is a span?", "limit": 3}
            at $.limit: expected nothing, found 3"""),
        failure(
            "hasInputs with another value",
            Samples.answer(),
            span -> span.hasInputs(new Question("What is a span?", 4)),
            """
            to have inputs
              {"question": "What is a span?", "limit": 4}
            but it is
              {"question": "What is a span?", "limit": 3}
            at $.limit: expected 4, found 3"""),
        failure(
            "hasOutputs of another type",
            Samples.answer(),
            span -> span.hasOutputs(List.of("a", Map.of("b", 1))),
            """
            to have outputs
              ["a", {"b": 1}]
            but it is
              ["a", {"b": 1.0}]
            at $[1].b: expected 1, found 1.0"""),
        failure(
            "hasOutputs of another length",
            Samples.answer(),
            span -> span.hasOutputs(List.of("a")),
            """
            to have outputs
              ["a"]
            but it is
              ["a", {"b": 1.0}]
            at $: expected 1 items, found 2 items"""),
        failure(
            "hasAttribute that is missing",
            Samples.retrieve(),
            span -> span.hasAttribute("mlflow.spantype", "RETRIEVER"),
            """
            to have attribute "mlflow.spantype" but there is no such attribute, there are: \
            "mlflow.spanType"
            Nearest: "mlflow.spanType\""""),
        failure(
            "doesNotHaveAttribute",
            Samples.answer(),
            span -> span.doesNotHaveAttribute("score"),
            "not to have an attribute \"score\" but it is 7"),
        failure(
            "hasStatus",
            Samples.generate(),
            span -> span.hasStatus(SpanStatusCode.OK),
            "to have status OK but it is ERROR \"TimeoutException: no answer\""),
        failure(
            "hasStatus with description",
            Samples.generate(),
            span -> span.hasStatus(SpanStatusCode.ERROR, "late"),
            "to have status ERROR \"late\" but it is ERROR \"TimeoutException: no answer\""),
        failure(
            "hasEnded",
            Samples.generate(),
            span -> span.hasEnded(),
            "to have ended but it is open"),
        failure("hasEvent", Samples.retrieve(), span -> span.hasEvent("cache hit"), """
            to have an event "cache hit" but its events are: "cache miss"
            Nearest: "cache miss\""""),
        failure(
            "hasEvent with attributes",
            Samples.retrieve(),
            span -> span.hasEvent("cache miss", Map.of("size", 6)),
            """
            to have an event "cache miss" with
              {"size": 6}
            but its events of that name have
              {"size": 5}"""),
        failure(
            "hasException",
            Samples.generate(),
            span -> span.hasException(IllegalStateException.class),
            "to have recorded a IllegalStateException but its exceptions are:"
                + " \"TimeoutException\""),
        failure(
            "hasNoException",
            Samples.generate(),
            span -> span.hasNoException(),
            "not to have recorded an exception but it has: \"TimeoutException\""));
  }

  private static Arguments failure(
      String name, StoredSpan span, Consumer<SpanAssert> call, String message) {
    return argumentSet(name, span, call, message);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void assertion_thatDoesNotHold_saysWhy(
      StoredSpan span, Consumer<SpanAssert> call, String message) {
    Assertions.assertThatThrownBy(() -> call.accept(new SpanAssert(span, Samples.trace())))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Expecting span\n  \"" + span.name() + "\"\n" + message + "\n\n" + Samples.PICTURE);
  }

  @Test
  void hasParent_withoutTheTrace_saysWhereToAsk() {
    Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(Samples.retrieve()).hasParent("answer"))
        .withMessage("The parent of span \"retrieve\" is known within its trace only: use"
            + " assertThat(trace).hasSpan(name, span -> …).");
  }

  @Test
  void failure_withoutTheTrace_hasNoPicture() {
    Assertions.assertThatThrownBy(() -> assertThat(Samples.answer()).hasType("LLM"))
        .hasMessageEndingWith("at $: expected \"LLM\", found \"CHAIN\"");
  }
}
