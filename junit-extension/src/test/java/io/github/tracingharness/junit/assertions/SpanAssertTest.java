package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.server.StoredSpan;
import java.time.Duration;
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
        .hasNoException()
        .hasInput("$.limit", 3)
        .hasInput("question", "What is a span?")
        .hasOutput("$[-1].b", 1.0)
        .hasOutput("[1]['b']", 1.0)
        .hasAttributeAt("score", "$", 7)
        .hasDuration(Duration.ofNanos(12_400_000))
        .hasDurationBetween(Duration.ofMillis(12), Duration.ofMillis(13))
        .hasEventsInOrder()
        .hasNoLinks();
    assertThat(Samples.retrieve())
        .hasEvent("cache miss")
        .hasEvent("cache miss", Map.of("size", 5))
        .hasEventsInOrder("cache miss")
        .doesNotHaveEvent("cache hit")
        .hasLinkTo(Samples.OTHER_TRACE, Samples.OTHER_SPAN)
        .hasLinkTo(Samples.OTHER_TRACE.substring(3), Samples.OTHER_SPAN, Map.of("kind", "retry"));
    assertThat(Samples.generate())
        .hasException(TimeoutException.class)
        .hasException(TimeoutException.class, "no answer")
        .hasStatus(SpanStatusCode.ERROR, "TimeoutException: no answer");
    new SpanAssert(Samples.retrieve(), Samples.trace()).hasParent("answer").hasChildren();
    new SpanAssert(Samples.answer(), Samples.trace()).hasChildren("retrieve", "generate");
    new SpanAssert(Samples.generate(), Samples.trace()).startedAfterEndOf("retrieve");
    assertThat(Samples.retrieve()).inTrace(Samples.trace()).hasParent("answer");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "inTrace of another trace",
            Samples.retrieve(),
            span -> span.inTrace(Samples.trace(List.of(Samples.answer()))),
            "to be in the trace " + Samples.TRACE_ID + " but its spans are: \"answer\""),
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
            "not to have recorded an exception but it has: \"TimeoutException\""),
        failure(
            "hasChildren",
            Samples.answer(),
            span -> span.hasChildren("retrieve", "rank"),
            "to have the children \"rank\", \"retrieve\" but they are: \"generate\","
                + " \"retrieve\""),
        failure(
            "startedAfterEndOf another that ended later",
            Samples.retrieve(),
            span -> span.startedAfterEndOf("answer"),
            "to have started after the end of \"answer\" but it started 11.400 ms before it"),
        failure(
            "startedAfterEndOf one that is open",
            Samples.retrieve(),
            span -> span.startedAfterEndOf("generate"),
            "to have started after the end of \"generate\" but that is open"),
        failure(
            "startedAfterEndOf one that is missing",
            Samples.retrieve(),
            span -> span.startedAfterEndOf("rank"),
            "to have started after the end of \"rank\" but the trace has no such span"),
        failure(
            "hasDuration",
            Samples.retrieve(),
            span -> span.hasDuration(Duration.ofMillis(4)),
            "to have the duration 4.000 ms but it is 3.000 ms"),
        failure(
            "hasDurationBetween of an open span",
            Samples.generate(),
            span -> span.hasDurationBetween(Duration.ofMillis(1), Duration.ofMillis(2)),
            "to have a duration from 1.000 ms to 2.000 ms but it is open"),
        failure(
            "hasEventsInOrder",
            Samples.retrieve(),
            span -> span.hasEventsInOrder("start", "cache miss"),
            "to have the events \"start\", \"cache miss\" in this order but they are:"
                + " \"cache miss\""),
        failure(
            "doesNotHaveEvent",
            Samples.retrieve(),
            span -> span.doesNotHaveEvent("cache miss"),
            "not to have an event \"cache miss\" but it has"),
        failure(
            "hasLinkTo",
            Samples.retrieve(),
            span -> span.hasLinkTo(Samples.TRACE_ID, Samples.OTHER_SPAN),
            "to have a link to span 53995c3f42cd8ad8 of tr-0af7651916cd43dd8448eb211c80319c but its"
                + " links are: \"53995c3f42cd8ad8 of tr-4bf92f3577b34da6a3ce929d0e0e4736\""),
        failure(
            "hasLinkTo with attributes",
            Samples.retrieve(),
            span -> span.hasLinkTo(
                Samples.OTHER_TRACE, Samples.OTHER_SPAN, Map.of("kind", "follow-up")),
            """
            to have a link to span 53995c3f42cd8ad8 with
              {"kind": "follow-up"}
            but its links to that span have
              {"kind": "retry"}"""),
        failure(
            "hasNoLinks",
            Samples.retrieve(),
            span -> span.hasNoLinks(),
            "not to have links but it has: \"53995c3f42cd8ad8 of"
                + " tr-4bf92f3577b34da6a3ce929d0e0e4736\""),
        failure(
            "hasException with another message",
            Samples.generate(),
            span -> span.hasException(TimeoutException.class, "too late"),
            "to have recorded a TimeoutException with the message \"too late\" but its exceptions"
                + " are: \"TimeoutException: no answer\""),
        failure("hasInput", Samples.answer(), span -> span.hasInput("$.limit", 4), """
            to have 4 at $.limit of the inputs but there is
              3"""),
        failure(
            "hasInput whose way ends",
            Samples.answer(),
            span -> span.hasInput("$.options.limit", 4),
            """
            to have 4 at $.options.limit of the inputs but the way ends at $, which is
              {"question": "What is a span?", "limit": 3}"""),
        failure(
            "hasOutput beyond the last item",
            Samples.answer(),
            span -> span.hasOutput("[1][0]", "a"),
            """
            to have "a" at [1][0] of the outputs but the way ends at $[1], which is
              {"b": 1.0}"""),
        failure(
            "hasAttributeAt", Samples.answer(), span -> span.hasAttributeAt("score", "$", 8), """
            to have 8 at $ of the attribute "score" but there is
              7"""));
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
            + " assertThat(trace).hasSpan(name, span -> …) or assertThat(span).inTrace(trace).");
  }

  @Test
  void failure_withoutTheTrace_hasNoPicture() {
    Assertions.assertThatThrownBy(() -> assertThat(Samples.answer()).hasType("LLM"))
        .hasMessageEndingWith("at $: expected \"LLM\", found \"CHAIN\"");
  }

  @Test
  void path_thatCannotBeRead_saysWhere() {
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(Samples.answer()).hasInput("$.a[x]", 1))
        .withMessage("The path \"$.a[x]\" cannot be read at \"[x]\"; paths look like"
            + " $.docs[0].title or $['a.b'].");
  }

  /** The failing calls, for {@link FailureTextsTest}. */
  @SuppressWarnings("unchecked")
  static List<Runnable> failingCalls() {
    return failures()
        .map(Arguments::get)
        .map(given -> (Runnable) () -> ((Consumer<SpanAssert>) given[1])
            .accept(new SpanAssert((StoredSpan) given[0], Samples.trace())))
        .toList();
  }

  /** The same calls to soft assertions. */
  @SuppressWarnings("unchecked")
  static List<Consumer<TracingSoftAssertions>> softCalls() {
    return failures()
        .map(Arguments::get)
        .map(given -> (Consumer<TracingSoftAssertions>) softly -> ((Consumer<SpanAssert>) given[1])
            .accept(softly.assertThat((StoredSpan) given[0]).inTrace(Samples.trace())))
        .toList();
  }
}
