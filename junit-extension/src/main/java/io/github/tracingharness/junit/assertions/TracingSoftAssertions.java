package io.github.tracingharness.junit.assertions;

import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;

/**
 * Collects failures of assertions on traces and of AssertJ's own.
 *
 * <pre>{@code
 * TracingSoftAssertions.assertTracesSoftly(softly -> {
 *   softly.assertThat(trace).hasState(TraceState.OK).hasRoot("answer");
 *   softly.assertThat(answer).isEqualTo("42");
 * });
 * }</pre>
 *
 * @since 0.1.0
 */
public class TracingSoftAssertions extends SoftAssertions implements TracingSoftAssertionsProvider {

  /** Runs assertions and reports all their failures together. */
  public static void assertTracesSoftly(Consumer<TracingSoftAssertions> assertions) {
    TracingSoftAssertions softly = new TracingSoftAssertions();
    assertions.accept(softly);
    softly.assertAll();
  }
}
