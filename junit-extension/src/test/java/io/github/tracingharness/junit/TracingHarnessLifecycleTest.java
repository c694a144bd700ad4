package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.EngineRuns.requireAllPassed;
import static io.github.tracingharness.junit.EngineRuns.run;
import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class TracingHarnessLifecycleTest {

  private static void traceAndFindIt(String name, MlflowTracer tracer, Traces traces) {
    tracer.trace(name, () -> {});
    assertThat(traces.awaitTrace()).hasRoot(name);
    assertThat(traces.exports()).deliveredExactlyOnce();
  }

  @ExtendWith(TracingHarness.class)
  static class EveryHandleTestCase {

    private MlflowTracing before;

    @BeforeEach
    void remember(MlflowTracing tracing) {
      before = tracing;
    }

    @Test
    void handles(
        MlflowTracing tracing,
        MlflowTracer tracer,
        OpenTelemetry openTelemetry,
        Tracer otelTracer,
        Traces traces,
        TrackingSpace space,
        FakeTrackingServer server) {
      assertThat(tracing).isSameAs(before);
      assertThat(tracer).isSameAs(tracing.tracer());
      assertThat(openTelemetry).isSameAs(tracing.openTelemetry());
      assertThat(space.trackingUri().toString()).startsWith(server.url() + "/r/");

      otelTracer.spanBuilder("native").startSpan().end();

      assertThat(traces.awaitTrace()).hasRoot("native");
      assertThat(space.calls(Endpoint.START_TRACE)).hasSize(1);
    }

    @AfterEach
    void compare(MlflowTracing tracing, Traces traces) {
      assertThat(tracing).isSameAs(before);
      assertThat(traces.traces()).hasSize(1);
    }
  }

  @Test
  void parameters_ofOneTest_belongTogether() {
    requireAllPassed(run(EveryHandleTestCase.class), 1);
  }

  @ExtendWith(TracingHarness.class)
  static class ManyInParallelTestCase {

    static final int TESTS = 40;
    static final Set<URI> SPACES = ConcurrentHashMap.newKeySet();
    static final Set<URI> SERVERS = ConcurrentHashMap.newKeySet();
    static volatile CyclicBarrier pairs = new CyclicBarrier(2);

    @RepeatedTest(TESTS)
    void one(
        RepetitionInfo repetition,
        MlflowTracer tracer,
        Traces traces,
        TrackingSpace space,
        FakeTrackingServer server)
        throws InterruptedException, BrokenBarrierException, TimeoutException {
      SPACES.add(space.trackingUri());
      SERVERS.add(server.url());
      String name = "test-" + repetition.getCurrentRepetition();
      pairs.await(60, TimeUnit.SECONDS);
      tracer.trace(name, () -> tracer.trace("child of " + name, () -> {}));

      assertThat(traces.awaitTrace()).hasSpans(name, "child of " + name);
      pairs.await(60, TimeUnit.SECONDS);
      assertThat(traces.traces()).hasSize(1);
      assertThat(traces.exports()).deliveredExactlyOnce();
    }
  }

  @Test
  void tests_fortyInParallel_seeTheirOwnTracesOnly() {
    ManyInParallelTestCase.SPACES.clear();
    ManyInParallelTestCase.SERVERS.clear();
    ManyInParallelTestCase.pairs = new CyclicBarrier(2);

    EngineExecutionResults results = EngineRuns.runInParallel(8, ManyInParallelTestCase.class);

    requireAllPassed(results, ManyInParallelTestCase.TESTS);
    assertThat(ManyInParallelTestCase.SPACES).hasSize(ManyInParallelTestCase.TESTS);
    assertThat(ManyInParallelTestCase.SERVERS).hasSize(1);
  }

  @ExtendWith(TracingHarness.class)
  @TracingConfig(async = false)
  static class OuterTestCase {

    @Test
    void outer(MlflowTracer tracer, Traces traces) {
      traceAndFindIt("outer", tracer, traces);
    }

    @Nested
    class Inner {

      @Test
      void inheritsTheConfiguration(MlflowTracer tracer, Traces traces) {
        tracer.trace("inner", () -> {});
        assertThat(traces.traces()).as("exported without a flush").hasSize(1);
        traceAndFind(traces);
      }

      @Test
      @TracingConfig(serverStoresSpans = false)
      void hasAConfigurationOfItsOwn(MlflowTracer tracer, Traces traces, TrackingSpace space) {
        traceAndFindIt("uploaded", tracer, traces);
        assertThat(space.calls(Endpoint.PUT_ARTIFACT)).hasSize(1);
      }

      private void traceAndFind(Traces traces) {
        assertThat(traces.awaitTrace()).hasRoot("inner");
      }
    }
  }

  @Test
  void nestedTest_withoutConfiguration_hasThatOfTheClassAround() {
    requireAllPassed(run(OuterTestCase.class), 3);
  }

  @ExtendWith(TracingHarness.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClassTestCase {

    private final Set<MlflowTracing> seen = ConcurrentHashMap.newKeySet();

    @Test
    void first(MlflowTracing tracing, Traces traces) {
      seen.add(tracing);
      traceAndFindIt("first", tracing.tracer(), traces);
      assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void second(MlflowTracing tracing, Traces traces) {
      assertThat(seen.add(tracing)).as("a pipeline of its own").isTrue();
      traceAndFindIt("second", tracing.tracer(), traces);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void parameterized(String name, MlflowTracing tracing, Traces traces) {
      assertThat(seen.add(tracing)).as("a pipeline of its own").isTrue();
      traceAndFindIt(name, tracing.tracer(), traces);
    }

    @TestFactory
    List<DynamicTest> dynamic(MlflowTracer tracer, Traces traces) {
      return List.of(
          DynamicTest.dynamicTest("one", () -> tracer.trace("one", () -> {})),
          DynamicTest.dynamicTest("two", () -> assertThat(traces.awaitTrace()).hasRoot("one")));
    }
  }

  @Test
  void tests_ofOneInstance_haveTheirOwnPipelines() {
    requireAllPassed(run(PerClassTestCase.class), 7);
  }

  abstract static class BaseTestCase {

    @RegisterExtension
    static final TracingHarness HARNESS = TracingHarness.builder().async(false).build();
  }

  static class RegisteredTestCase extends BaseTestCase {

    @Test
    void isSynchronous(MlflowTracer tracer, Traces traces) {
      tracer.trace("sync", () -> {});
      assertThat(traces.traces()).as("exported without a flush").hasSize(1);
    }
  }

  @Test
  void extension_registeredByAFieldOfTheSuperclass_hasTheBuildersSettings() {
    requireAllPassed(run(RegisteredTestCase.class), 1);
  }

  @ExtendWith(TracingHarness.class)
  static class AddressTestCase {

    static volatile URI server;
    static volatile TrackingSpace space;

    @Test
    void remember(FakeTrackingServer fake, TrackingSpace own) {
      server = fake.url();
      space = own;
      // The pipeline exists and has work that nobody waits for.
      own.on(Endpoint.ANY).hold();
    }
  }

  @Test
  void server_afterTheRun_isClosed() {
    requireAllPassed(run(AddressTestCase.class), 1);

    assertThat(AddressTestCase.server).isNotNull();
    Assertions.assertThatThrownBy(() -> connect(AddressTestCase.server))
        .isInstanceOf(ConnectException.class);
  }

  private static void connect(URI uri) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 2000);
    }
  }

  @ExtendWith(TracingHarness.class)
  static class ConstructorTestCase {

    @SuppressWarnings("unused")
    ConstructorTestCase(FakeTrackingServer server, Traces traces) {}

    @Test
    void isNotReached() {}
  }

  @Test
  void constructor_thatWantsTraces_isToldWhereToTakeThem() {
    run(ConstructorTestCase.class).testEvents().failed().stream()
        .findFirst()
        .flatMap(event -> event.getPayload(TestExecutionResult.class))
        .flatMap(TestExecutionResult::getThrowable)
        .ifPresentOrElse(
            failure -> assertThat(failure)
                .hasMessageStartingWith("Traces belongs to one test: take it as a parameter of the"
                    + " test method, of @BeforeEach or of @AfterEach, not of "),
            () -> Assertions.fail("the test did not fail"));
  }

  @Test
  void globalOpenTelemetry_afterTests_isUntouched() {
    requireAllPassed(run(EveryHandleTestCase.class), 1);

    assertThat(GlobalOpenTelemetry.get()
            .getTracer("any")
            .spanBuilder("any")
            .startSpan()
            .isRecording())
        .isFalse();
  }
}
