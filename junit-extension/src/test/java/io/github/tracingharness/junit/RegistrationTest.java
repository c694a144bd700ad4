package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to register the extension, and which settings a test then has. */
class RegistrationTest {

  private static void requireSynchronous(MlflowTracer tracer, Traces traces) {
    tracer.trace("sync", () -> {});
    assertThat(traces.traces()).as("exported without a flush").hasSize(1);
  }

  static class StaticFieldTestCase {

    @RegisterExtension
    static final TracingHarness HARNESS = TracingHarness.builder().async(false).build();

    @Test
    void isSynchronous(MlflowTracer tracer, Traces traces) {
      requireSynchronous(tracer, traces);
    }

    @Nested
    class Inner {

      @Test
      void isSynchronousToo(MlflowTracer tracer, Traces traces) {
        requireSynchronous(tracer, traces);
      }
    }
  }

  @Test
  void staticField_withBuilder_servesTheClassAndItsNestedOnes() {
    EngineRuns.requireAllPassed(EngineRuns.run(StaticFieldTestCase.class), 2);
  }

  static class InstanceFieldTestCase {

    static final Set<TrackingSpace> SPACES = ConcurrentHashMap.newKeySet();

    @RegisterExtension
    final TracingHarness harness = TracingHarness.builder()
        .async(false)
        .maxRetries(1)
        .backoffSeconds(0)
        .requestTimeout(Duration.ofSeconds(20))
        .maxQueueSize(5)
        .maxWorkers(1)
        .maxSpanBatchSize(1)
        .maxBatchInterval(Duration.ofSeconds(1))
        .experiment("by the builder")
        .unityCatalogSchema("")
        .samplingRatio(1)
        .latency(Duration.ofMillis(1))
        .awaitLimit(Duration.ofSeconds(60))
        .fault(Endpoint.START_TRACE, Fault.status(503), 1)
        .build();

    @BeforeEach
    void remember(TrackingSpace space) {
      SPACES.add(space);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isSynchronousAndMeetsTheFault(
        int unused, MlflowTracer tracer, Traces traces, TrackingSpace space) {
      requireSynchronous(tracer, traces);
      assertThat(space.exportState()).contains("\"by the builder\"");
      assertThat(space.calls(Endpoint.START_TRACE))
          .extracting(call -> call.status())
          .containsExactly(503, 200);
    }
  }

  @Test
  void instanceField_withBuilder_givesEachTestItsOwnSpaceAndItsFaults() {
    InstanceFieldTestCase.SPACES.clear();

    EngineRuns.requireAllPassed(EngineRuns.run(InstanceFieldTestCase.class), 2);

    assertThat(InstanceFieldTestCase.SPACES).hasSize(2);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(TracingHarness.class)
  @TracingConfig(async = false)
  @interface SynchronousTracing {}

  @Retention(RetentionPolicy.RUNTIME)
  @Test
  @TracingConfig(async = false, serverStoresSpans = false)
  @interface UploadTest {}

  @SynchronousTracing
  static class ComposedTestCase {

    @Test
    void hasTheComposedConfiguration(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      requireSynchronous(tracer, traces);
      assertThat(space.calls(Endpoint.PUT_ARTIFACT)).isEmpty();
    }

    @UploadTest
    void hasThatOfItsMethod(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      requireSynchronous(tracer, traces);
      assertThat(space.calls(Endpoint.PUT_ARTIFACT)).hasSize(1);
    }
  }

  @Test
  void composedAnnotations_onClassAndMethod_count() {
    EngineRuns.requireAllPassed(EngineRuns.run(ComposedTestCase.class), 2);
  }

  @SynchronousTracing
  abstract static class BaseTestCase {

    @Test
    void inherited(MlflowTracer tracer, Traces traces) {
      requireSynchronous(tracer, traces);
    }
  }

  @TracingConfig(async = false, serverStoresSpans = false)
  static class DerivedTestCase extends BaseTestCase {

    @Test
    void own(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      requireSynchronous(tracer, traces);
      assertThat(space.calls(Endpoint.PUT_ARTIFACT)).hasSize(1);
    }
  }

  static class PlainDerivedTestCase extends BaseTestCase {}

  interface Traced {

    @RegisterExtension
    TracingHarness HARNESS = TracingHarness.builder().async(false).build();
  }

  static class ByInterfaceTestCase implements Traced {

    @Test
    void isSynchronous(MlflowTracer tracer, Traces traces) {
      requireSynchronous(tracer, traces);
    }
  }

  @Test
  void inheritedRegistration_fromSuperclassOrInterface_isExtendedOrReplaced() {
    EngineRuns.requireAllPassed(
        EngineRuns.run(
            DerivedTestCase.class, PlainDerivedTestCase.class, ByInterfaceTestCase.class),
        4);
  }

  static class RegisteredAndConfiguredTestCase {

    @RegisterExtension
    static final TracingHarness HARNESS =
        TracingHarness.builder().serverStoresSpans(false).build();

    @Test
    @TracingConfig(async = false)
    void annotationWinsAsAWhole(MlflowTracer tracer, Traces traces, TrackingSpace space) {
      requireSynchronous(tracer, traces);
      assertThat(space.calls(Endpoint.PUT_ARTIFACT)).isEmpty();
    }
  }

  @Test
  void annotation_besideABuilder_winsAsAWhole() {
    EngineRuns.requireAllPassed(EngineRuns.run(RegisteredAndConfiguredTestCase.class), 1);
  }

  @Test
  void builder_wrongDuration_isRefusedAtOnce() {
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> TracingHarness.builder().awaitLimit(Duration.ZERO).build())
        .withMessage("awaitLimit must be positive, but is 0 ms");
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TracingHarness.builder().requestTimeout(Duration.ofMillis(-5)).build())
        .withMessage("requestTimeout must be positive, but is -5 ms");
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TracingHarness.builder().latency(Duration.ofMillis(-1)).build())
        .withMessage("latency must not be negative, but is -1 ms");
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> TracingHarness.builder().fault(Endpoint.ANY, Fault.real(), -1))
        .withMessage("times of a fault must be positive, or 0 for all calls, not -1");
  }

  @ExtendWith(TracingHarness.class)
  static class WrongSettingTestCase {

    @Test
    @TracingConfig(samplingRatio = 2)
    void isNotReached(Traces traces) {
      Assertions.fail("reached with " + traces.describe());
    }
  }

  @Test
  void annotation_wrongValue_failsTheTestWithOneSentence() {
    assertThat(EngineRuns.failure(EngineRuns.run(WrongSettingTestCase.class)))
        .rootCause()
        .hasMessage("samplingRatio must be a number from 0 to 1, not 2.0");
  }
}
