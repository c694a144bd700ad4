package com.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.junit.assertions.TracingAssertions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a failed test shows, with whatever this JUnit takes. */
class FailedTestTest {

  @ExtendWith(TracingHarness.class)
  static class FailingCase {

    @Test
    void failing(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      TracingAssertions.assertThat(traces.awaitTrace()).hasRoot("question");
    }
  }

  @ExtendWith(TracingHarness.class)
  static class StrictCase {

    @Test
    @TracingConfig(strict = true)
    void strict(MlflowTracer tracer) {
      tracer.startSpan("never ended");
    }
  }

  private static Throwable failure(EngineExecutionResults results) {
    return results.testEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static EngineExecutionResults run(Class<?> testCase) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testCase)).execute();
  }

  @Test
  void failure_showsTheTraceAndPublishesTheCalls() {
    EngineExecutionResults results = run(FailingCase.class);

    assertThat(failure(results))
        .hasMessageContaining("question")
        .hasMessageContaining("answer")
        .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
    List<ReportEntry> entries = results.testEvents().reportingEntryPublished().stream()
        .map(event -> event.getRequiredPayload(ReportEntry.class))
        .toList();
    assertThat(entries)
        .singleElement()
        .satisfies(entry -> assertThat(entry.getKeyValuePairs().get(TracingHarness.REPORT_ENTRY))
            .contains("POST /v1/traces"));
  }

  @Test
  void strictTest_thatLeavesASpanOpen_fails() {
    assertThat(failure(run(StrictCase.class)))
        .hasMessageContaining("1 trace not delivered at the end of the test");
  }
}
