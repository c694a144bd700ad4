package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated because it looks at the threads of the whole JVM. */
@Isolated
class StrictModeTest {

  private static volatile CountDownLatch theLeakedMayEnd = new CountDownLatch(1);

  private static String failureOf(Class<?> testCase) {
    return String.valueOf(EngineRuns.failure(EngineRuns.run(testCase)).getMessage());
  }

  @ExtendWith(TracingHarness.class)
  @TracingConfig(strict = true, awaitMillis = 60_000)
  static class CleanTestCase {

    @Test
    void traced(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace()).hasRoot("answer");
    }

    @Test
    void nothingAtAll() {}

    @Test
    @TracingConfig(strict = true, serverStoresSpans = false, awaitMillis = 60_000)
    void serverWithoutSpans(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace()).hasRoot("answer");
    }

    @Test
    void retried(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      space.on(Endpoint.START_TRACE).answer(Fault.status(503));
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace()).hasRoot("answer");
    }

    @Test
    void warningsThatWereAskedFor(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      space.on(Endpoint.START_TRACE).answer(Fault.status(400));
      tracer.trace("answer", () -> {});
      assertThat(traces.warnings()).containsExactly("1 trace dropped: START_TRACE_FAILED");
      assertThat(traces.warnings()).isEmpty();
    }

    @Test
    void threadThatEnds() {
      new Thread(() -> {}, "short-lived").start();
    }
  }

  @Test
  void testThatHidesNothing_passes() {
    EngineRuns.requireAllPassed(EngineRuns.run(CleanTestCase.class), 6);
  }

  @ExtendWith(TracingHarness.class)
  static class LostTestCase {

    @Test
    @TracingConfig(strict = true)
    void lost(MlflowTracer tracer, TrackingSpace space) {
      space.on(Endpoint.START_TRACE).answer(Fault.status(400));
      tracer.trace("answer", () -> {});
    }
  }

  @Test
  void traceThatWasDropped_failsTheTest() {
    assertThat(failureOf(LostTestCase.class)).startsWith("""
            the test passed, but strict mode found
              - 1 trace dropped: START_TRACE_FAILED
              (a test that expects this takes it with Traces.warnings())
              pipeline: traces 1 created = 0 delivered + 1 dropped {START_TRACE_FAILED=1} + 0 pending""");
  }

  @ExtendWith(TracingHarness.class)
  static class OpenTestCase {

    @Test
    @TracingConfig(strict = true)
    void neverEnded(MlflowTracer tracer) {
      tracer.startSpan("forgotten");
    }
  }

  @Test
  void spanThatWasNeverEnded_failsTheTest() {
    assertThat(failureOf(OpenTestCase.class))
        .contains("\n  - a span was still current on the test's thread; its scope was never closed")
        .contains(
            "\n  - 1 trace not delivered at the end of the test; was a span never ended?\n  (");
  }

  @ExtendWith(TracingHarness.class)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class CarelessTestCase {

    @Test
    void first_leavesASpanCurrent(MlflowTracer tracer) {
      tracer.startSpan("forgotten");
    }

    @Test
    void second_isNoChildOfIt(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace()).hasRoot("answer");
    }
  }

  @Test
  void spanThatWasLeftCurrent_isNoParentInTheNextTest() {
    EngineRuns.requireAllPassed(EngineRuns.run(CarelessTestCase.class), 2);
  }

  @ExtendWith(TracingHarness.class)
  static class UnplayedTestCase {

    @Test
    @TracingConfig(
        strict = true,
        faults = @ServerFault(on = Endpoint.LINK_PROMPTS, status = 503, times = 2))
    void noPrompt(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace()).hasRoot("answer");
    }
  }

  @Test
  void faultThatWasNeverPlayed_failsTheTest() {
    assertThat(failureOf(UnplayedTestCase.class))
        .contains("\n  - 2 scripted answers of LINK_PROMPTS never played\n  (");
  }

  @ExtendWith(TracingHarness.class)
  static class RefusedTestCase {

    @Test
    @TracingConfig(strict = true)
    void wrongAddress(TrackingSpace space) throws Exception {
      URI wrong = URI.create(space.trackingUri() + "/api/9.0/mlflow/nothing");
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(wrong).build(), BodyHandlers.discarding());
    }
  }

  @Test
  void callThatTheServerRefused_failsTheTest() {
    assertThat(failureOf(RefusedTestCase.class))
        .contains(
            "\n  - refused although no fault asked for it: #1 GET /api/9.0/mlflow/nothing -> 404\n");
  }

  @ExtendWith(TracingHarness.class)
  static class LeakTestCase {

    @Test
    @TracingConfig(strict = true)
    void leaves(MlflowTracing tracing) {
      CountDownLatch mayEnd = theLeakedMayEnd;
      Thread leaked = new Thread(
          () -> {
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          },
          "worker-of-the-application");
      leaked.setDaemon(true);
      leaked.start();
    }
  }

  @Test
  void threadThatWasLeft_failsTheTest() {
    theLeakedMayEnd = new CountDownLatch(1);
    try {
      assertThat(failureOf(LeakTestCase.class))
          .contains("\n  - thread left behind: \"worker-of-the-application\"\n  (");
    } finally {
      theLeakedMayEnd.countDown();
    }
  }

  @Test
  void threadsOfParallelTests_areNotJudged() {
    theLeakedMayEnd = new CountDownLatch(1);
    try {
      EngineRuns.requireAllPassed(EngineRuns.runInParallel(2, LeakTestCase.class), 1);
    } finally {
      theLeakedMayEnd.countDown();
    }
  }

  @ExtendWith(TracingHarness.class)
  static class FactoryTestCase {

    @TestFactory
    @TracingConfig(strict = true)
    DynamicTest lost(MlflowTracer tracer, TrackingSpace space) {
      return DynamicTest.dynamicTest("lost", () -> {
        space.on(Endpoint.START_TRACE).answer(Fault.status(400));
        tracer.trace("answer", () -> {});
      });
    }
  }

  @Test
  void dynamicTests_areJudgedAtTheEndOfTheirFactory() {
    assertThat(failureOf(FactoryTestCase.class)).contains("1 trace dropped: START_TRACE_FAILED");
  }
}
