package io.github.tracingharness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;

/** Runs test cases of the extension's tests through JUnit's engine. */
final class EngineRuns {

  private EngineRuns() {}

  static EngineExecutionResults run(Class<?>... testCases) {
    return EngineTestKit.engine("junit-jupiter").selectors(select(testCases)).execute();
  }

  /** Runs classes and methods at the same time. */
  static EngineExecutionResults runInParallel(int parallelism, Class<?>... testCases) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter(
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter(
            "junit.jupiter.execution.parallel.config.fixed.parallelism",
            Integer.toString(parallelism))
        .selectors(select(testCases))
        .execute();
  }

  static void requireAllPassed(EngineExecutionResults results, int tests) {
    results.allEvents().failed().assertThatEvents().isEmpty();
    results
        .testEvents()
        .assertStatistics((EventStatistics statistics) -> statistics.succeeded(tests));
  }

  /** Returns what the only failed test or container threw. */
  static Throwable failure(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .reduce((one, other) -> {
          throw new AssertionError("more than one failure", other);
        })
        .orElseThrow(() -> new AssertionError("nothing failed"));
  }

  private static DiscoverySelector[] select(Class<?>... testCases) {
    return Arrays.stream(testCases)
        .map(testCase -> selectClass(testCase))
        .toArray(DiscoverySelector[]::new);
  }
}
