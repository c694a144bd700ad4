package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.TraceState;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SoftAssertionsTest {

  @Test
  void softAssertions_severalFailures_areAllReported() {
    TracingSoftAssertions softly = new TracingSoftAssertions();

    softly
        .assertThat(Samples.trace())
        .hasState(TraceState.ERROR)
        .hasRoot("answer")
        .hasSpan("retrieve", span -> span.hasType("LLM"));
    softly.assertThat(Samples.answer()).hasEnded().hasType("LLM");
    softly.assertThatTraces(List.of(Samples.trace())).haveRoots("question").hasSize(2);
    softly.assertThat("own").isEqualTo("AssertJ's");

    Assertions.assertThat(softly.errorsCollected()).hasSize(6);
  }

  @Test
  void softAssertions_withoutFailure_pass() {
    TracingSoftAssertions.assertTracesSoftly(
        softly -> softly.assertThat(Samples.trace()).hasRoot("answer"));
  }
}
