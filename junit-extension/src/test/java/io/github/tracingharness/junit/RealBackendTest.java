package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;

/**
 * The same test against the fake of the run and against a server that is known by its URL alone.
 * That server is a fake of our own here, asked through the API that MLflow has for everybody.
 */
class RealBackendTest {

  @ExtendWith(TracingHarness.class)
  @TracingConfig(awaitMillis = 20_000)
  static class SameTestCase {

    static final AtomicReference<StoredTrace> SEEN = new AtomicReference<>();

    @Test
    void answer(MlflowTracer tracer, ManualClock clock, Traces traces) {
      try (LiveSpan answer = tracer
          .spanBuilder("answer")
          .type("CHAIN")
          .link("tr-4bf92f3577b34da6a3ce929d0e0e4736", "53995c3f42cd8ad8", Map.of("kind", "retry"))
          .startSpan()) {
        answer.setInputs(new Object[] {"question", 3, 1.0, 1.5, true, null, Map.of("deep", 1L)});
        answer.addEvent("cache miss", Map.of("size", 5, "ratio", 0.5));
        answer.trace().tag("model", "m1").session("s-1").clientRequestId("r-1");
        clock.advance(Duration.ofMillis(1500));
        tracer.trace("retrieve", () -> clock.advance(Duration.ofNanos(1)));
        answer.recordException(new IllegalStateException("no model"));
      }
      StoredTrace trace = traces.awaitTrace("answer");
      assertThat(trace).hasTree("answer\n  retrieve").hasConsistentSizeStatistics();
      assertThat(traces.exports()).deliveredExactlyOnce().hasCalls(Endpoint.START_TRACE, 1);
      SEEN.set(trace);
    }
  }

  @ExtendWith(TracingHarness.class)
  static class NeedsTheFakeTestCase {

    @Test
    void takesItsSpace(TrackingSpace space) {
      assertThat(space).as("not reached").isNull();
    }

    @Test
    @TracingConfig(faults = @ServerFault(on = Endpoint.ANY))
    void wantsFaults(Traces traces) {
      assertThat(traces).as("not reached").isNull();
    }
  }

  private static EngineExecutionResults run(Class<?> testCase, TrackingSpace space) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(TracingHarness.TRACKING_URI, space.trackingUri() + "/")
        .selectors(selectClass(testCase))
        .execute();
  }

  @Test
  void sameTest_againstTheFakeAndAUrl_seesTheSameTrace() {
    EngineRuns.requireAllPassed(EngineRuns.run(SameTestCase.class), 1);
    StoredTrace byFake = SameTestCase.SEEN.get();
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();

      EngineRuns.requireAllPassed(run(SameTestCase.class, space), 1);

      StoredTrace byUrl = SameTestCase.SEEN.get();
      assertThat(space.traces()).extracting(StoredTrace::traceId).containsExactly(byUrl.traceId());
      assertThat((Object) byUrl)
          .usingRecursiveComparison()
          .isEqualTo(space.traces().get(0));
      // Ids and times differ from run to run, and attributes hold the trace id.
      assertThat((Object) byUrl)
          .usingRecursiveComparison()
          .ignoringFields("traceId", "location", "requestTime", "metadata", "tags")
          .ignoringFieldsMatchingRegexes("spans\\.(spanId|parentId|startNanos|endNanos)")
          .ignoringFieldsMatchingRegexes("spans\\.(attributes|events).*")
          .isEqualTo(byFake);
      assertThat(byUrl.experimentId()).isNotEqualTo("0");
    }
  }

  @Test
  void testsThatNeedTheFake_againstAUrl_areSkippedWithAReason() {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      EngineExecutionResults results = run(NeedsTheFakeTestCase.class, space);

      results
          .testEvents()
          .assertStatistics(
              (EventStatistics statistics) -> statistics.skipped(2).started(0));
      assertThat(results.testEvents().skipped().stream()
              .map(event -> event.getRequiredPayload(String.class)))
          .containsExactlyInAnyOrder(
              "The test needs the fake server (its TrackingSpace), but it runs against "
                  + space.trackingUri() + "/.",
              "The test needs the fake server (faults, latency, storage or Unity Catalog), but it"
                  + " runs against " + space.trackingUri() + "/.");
    }
  }

  @Test
  void login_ofAServerThatAsksForOne_isTakenFromTheSettings() {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      space.profile(ServerProfile.standard().withLogin("ada", "secret"));
      RealServer stranger = new RealServer(space.trackingUri().toString(), Map.of());
      RealServer known = new RealServer(
          space.trackingUri().toString(),
          Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD", "secret"));

      String experiment = known.createExperiment("mine");

      assertThat(known.traces(experiment)).isEmpty();
      Assertions.assertThatIllegalStateException()
          .isThrownBy(() -> stranger.createExperiment("theirs"))
          .withMessageContaining("answered POST /api/2.0/mlflow/experiments/create with 401")
          .withMessageNotContaining("secret");
    }
  }

  @Test
  void unreachableServer_isNamed() {
    FakeTrackingServer server = FakeTrackingServer.start();
    String gone = server.url().toString();
    server.close();

    Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> new RealServer(gone, Map.of()).traces("0"))
        .withMessage("The tracking server " + gone + " cannot be reached");
  }

  @Test
  void traces_moreThanAPage_areAllFound() {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      RealServer known = new RealServer(space.trackingUri().toString(), Map.of());
      String experiment = known.createExperiment("many");
      try (MlflowTracing tracing = MlflowTracing.builder()
          .environment(Map.of())
          .trackingUri(known.trackingUri())
          .experimentId(experiment)
          .build()) {
        for (int i = 0; i < 101; i++) {
          tracing.tracer().trace("answer", () -> {});
        }
      }

      List<StoredTrace> found = known.traces(experiment);

      assertThat(found).hasSize(101).extracting(StoredTrace::traceId).doesNotHaveDuplicates();
    }
  }
}
