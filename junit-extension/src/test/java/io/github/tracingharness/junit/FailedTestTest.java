package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What a failed test says. Ids, times and numbers of calls are replaced before comparing. */
class FailedTestTest {

  @ExtendWith(TracingHarness.class)
  @TracingConfig(async = false, awaitMillis = 200)
  static class FailingTestCase {

    @Test
    void expectsTooMany(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> tracer.trace("retrieve", () -> {}));
      traces.awaitTraces(2);
    }

    @Test
    void expectsTooFew(MlflowTracer tracer, Traces traces) {
      tracer.trace("one", () -> {});
      tracer.trace("two", () -> {});
      traces.awaitTrace();
    }

    @Test
    void expectsAnotherRoot(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      traces.awaitTrace("question");
    }

    @Test
    @TracingConfig(async = false, awaitMillis = 200, maxRetries = 0)
    void expectsWhatTheServerRefuses(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      space.on(Endpoint.START_TRACE).thenForever(Fault.status(400));
      tracer.trace("answer", () -> {});
      traces.awaitTrace();
    }

    @Test
    void failsOtherwise(MlflowTracer tracer, Traces traces) {
      try (LiveSpan span = tracer.startSpan("answer")) {
        span.recordException(new IllegalStateException("no model"));
      }
      traces.awaitTrace();
      throw new IllegalArgumentException("something else");
    }
  }

  private static EngineExecutionResults run(String method) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(FailingTestCase.class, methodNamed(method)))
        .execute();
  }

  private static Method methodNamed(String name) {
    return Arrays.stream(FailingTestCase.class.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String failure(String method) {
    return run(method).testEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .map(FailedTestTest::normalized)
        .findFirst()
        .orElseThrow();
  }

  private static String normalized(String text) {
    return text.replaceAll("tr-[0-9a-f]{32}", "tr-<id>")
        .replaceAll(" +\\+?\\d+\\.\\d{3} ms", " <time>");
  }

  @Test
  void awaitTraces_fewerThanExpected_showsWhatArrived() {
    assertThat(failure("expectsTooMany")).isEqualTo("""
        expected 2 complete traces within 200 ms, but there is 1
          flush: SUCCESS
          pipeline: traces 1 created = 1 delivered + 0 dropped + 0 pending, spans 2 created = 2 \
        delivered + 0 dropped + 0 pending, 0 requests retried
          complete traces on the server: 1
            tr-<id>  OK <time>  2 spans
              answer       UNKNOWN  OK <time> <time>
              └─ retrieve  UNKNOWN  OK <time> <time>
          calls that the server saw: 4
            #1 GET /version -> 200
            #2 POST /v1/traces -> 200
            #3 POST /v1/traces -> 200
            #4 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void awaitTrace_moreThanExpected_showsAll() {
    assertThat(failure("expectsTooFew"))
        .startsWith("expected 1 complete trace within 200 ms, but there are 2\n")
        .contains("      one  UNKNOWN  OK", "      two  UNKNOWN  OK");
  }

  @Test
  void awaitTrace_ofAnotherRoot_saysSo() {
    assertThat(failure("expectsAnotherRoot"))
        .startsWith("expected a complete trace whose root is \"question\" within 200 ms, but there"
            + " is none\n  flush: SUCCESS\n")
        .contains("      answer  UNKNOWN  OK");
  }

  @Test
  void awaitTrace_refusedByTheServer_showsTheLossAndTheCall() {
    assertThat(failure("expectsWhatTheServerRefuses"))
        .startsWith("expected 1 complete trace within 200 ms, but there are 0\n  flush: FAILURE\n")
        .contains("1 dropped {START_TRACE_FAILED=1}", "POST /api/3.0/mlflow/traces -> 400");
  }

  @Test
  void test_thatFailsForAnyReason_publishesItsTraces() {
    EngineExecutionResults results = run("failsOtherwise");

    String published = results.testEvents().reportingEntryPublished().stream()
        .map((Event event) -> event.getRequiredPayload(ReportEntry.class))
        .map(entry -> entry.getKeyValuePairs().get(TracingHarness.REPORT_ENTRY))
        .findFirst()
        .orElseThrow();
    assertThat(normalized(published)).isEqualTo("""
          pipeline: traces 1 created = 1 delivered + 0 dropped + 0 pending, spans 1 created = 1 \
        delivered + 0 dropped + 0 pending, 0 requests retried
          complete traces on the server: 1
            tr-<id>  ERROR <time>  1 span
              answer  UNKNOWN  ERROR <time> <time>  IllegalStateException: no model
          calls that the server saw: 3
            #1 GET /version -> 200
            #2 POST /v1/traces -> 200
            #3 POST /api/3.0/mlflow/traces -> 200""");
  }

  @TempDir
  Path reports;

  private EngineExecutionResults runWithReports(String method) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(FailingTestCase.class, methodNamed(method)))
        .outputDirectoryCreator(new OutputDirectoryCreator() {
          @Override
          public Path getRootDirectory() {
            return reports;
          }

          @Override
          public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(reports.resolve("test"));
          }
        })
        .execute();
  }

  @Test
  void test_thatFails_publishesATimelineAndSaysWhere() throws IOException {
    EngineExecutionResults results = runWithReports("failsOtherwise");

    Path page = results.testEvents().fileEntryPublished().stream()
        .map((Event event) -> event.getRequiredPayload(FileEntry.class).getPath())
        .findFirst()
        .orElseThrow();
    assertThat(page).hasFileName(TracingHarness.TIMELINE);
    assertThat(Files.readString(page))
        .contains("failsOtherwise", "something else", "IllegalStateException: no model");
    assertThat(EngineRuns.failure(results).getSuppressed())
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("calls that the server saw: 3", "\n  timeline: " + page);
  }

  @Test
  void failure_thatShowsTheTracesItself_isNotToldTwice() {
    assertThat(EngineRuns.failure(run("expectsTooMany")).getSuppressed()).isEmpty();
    assertThat(EngineRuns.failure(run("failsOtherwise")).getSuppressed())
        .singleElement()
        .satisfies(shown -> assertThat(normalized(shown.getMessage()))
            .startsWith("\n  pipeline: traces 1 created")
            .contains("      answer  UNKNOWN  ERROR")
            .doesNotContain("timeline"));
  }

  @ExtendWith(TracingHarness.class)
  static class FailingDynamicTestCase {

    @TestFactory
    Stream<DynamicTest> factory(MlflowTracer tracer, Traces traces) {
      return Stream.of(DynamicTest.dynamicTest("fails", () -> {
        tracer.trace("answer", () -> {});
        traces.awaitTrace();
        throw new IllegalStateException("dynamic");
      }));
    }
  }

  @Test
  void dynamicTest_thatFails_showsTheTracesOfItsFactory() {
    assertThat(EngineRuns.failure(EngineRuns.run(FailingDynamicTestCase.class)))
        .hasMessage("dynamic")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0])
            .hasMessageContaining("      answer  UNKNOWN  OK"));
  }
}
