package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThatTraces;

import io.github.tracingharness.core.trace.TraceState;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TracesAssertTest {

  @Test
  void assertions_thatHold_pass() {
    assertThatTraces(List.of(Samples.trace(), Samples.trace()))
        .haveRoots("answer", "answer")
        .allHaveState(TraceState.OK)
        .hasSize(2)
        .first()
        .hasRoot("answer");
  }

  @Test
  void haveRoots_others_saysWhich() {
    Assertions.assertThatThrownBy(
            () -> assertThatTraces(List.of(Samples.trace())).haveRoots("answer", "question"))
        .hasMessage("Expecting 1 trace\nto have the roots \"answer\", \"question\" but they are:"
            + " \"answer\"\n\n" + Samples.PICTURE);
  }

  @Test
  void allHaveState_others_saysWhich() {
    Assertions.assertThatThrownBy(
            () -> assertThatTraces(List.of(Samples.trace())).allHaveState(TraceState.ERROR))
        .hasMessage("Expecting 1 trace\nall to have state ERROR but there are: \""
            + Samples.TRACE_ID + " OK\"\n\n" + Samples.PICTURE);
  }

  /** The failing calls, for {@link FailureTextsTest}. */
  static List<Runnable> failingCalls() {
    return List.of(
        () -> assertThatTraces(List.of(Samples.trace())).haveRoots("answer", "question"),
        () -> assertThatTraces(List.of(Samples.trace())).allHaveState(TraceState.ERROR));
  }

  /** The same calls to soft assertions. */
  static List<Consumer<TracingSoftAssertions>> softCalls() {
    return List.of(
        softly -> softly.assertThatTraces(List.of(Samples.trace())).haveRoots("answer", "question"),
        softly -> softly.assertThatTraces(List.of(Samples.trace())).allHaveState(TraceState.ERROR));
  }
}
