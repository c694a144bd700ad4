package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.FakeTrackingServer;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The extension registered more than once for the same test: one of them serves it. */
class TwiceRegisteredTest {

  private static void requireSynchronous(boolean expected, MlflowTracer tracer, Traces traces) {
    tracer.trace("answer", () -> {});
    if (expected) {
      assertThat(traces.traces()).as("exported without a flush").hasSize(1);
    }
    assertThat(traces.awaitTrace()).hasRoot("answer");
  }

  @ExtendWith(TracingHarness.class)
  static class AnnotatedAndStaticFieldTestCase {

    @RegisterExtension
    static final TracingHarness HARNESS = TracingHarness.builder().async(false).build();

    @BeforeAll
    static void takes(FakeTrackingServer server) {
      assertThat(server.url()).isNotNull();
    }

    @BeforeEach
    void takes(Traces traces) {
      assertThat(traces.traces()).isEmpty();
    }

    @Test
    void hasTheFieldsSettings(MlflowTracer tracer, Traces traces) {
      requireSynchronous(true, tracer, traces);
    }
  }

  @ExtendWith(TracingHarness.class)
  static class AnnotatedAndInstanceFieldTestCase {

    @RegisterExtension
    final TracingHarness harness = TracingHarness.builder().async(false).build();

    @Test
    void hasTheFieldsSettings(MlflowTracer tracer, Traces traces) {
      requireSynchronous(true, tracer, traces);
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  @ExtendWith(TracingHarness.class)
  static class PerClassTestCase {

    @RegisterExtension
    final TracingHarness harness = TracingHarness.builder().async(false).build();

    PerClassTestCase(FakeTrackingServer server) {
      assertThat(server.url()).isNotNull();
    }

    @Test
    void hasTheFieldsSettings(MlflowTracer tracer, Traces traces) {
      requireSynchronous(true, tracer, traces);
    }
  }

  @ExtendWith(TracingHarness.class)
  static class NestedFieldTestCase {

    @Test
    void outer_hasTheDefaults(MlflowTracer tracer, Traces traces) {
      requireSynchronous(false, tracer, traces);
    }

    @Nested
    class Inner {

      @RegisterExtension
      final TracingHarness harness = TracingHarness.builder().async(false).build();

      @Test
      void hasTheInnerSettings(MlflowTracer tracer, Traces traces) {
        requireSynchronous(true, tracer, traces);
      }
    }
  }

  static class NestedAnnotationTestCase {

    @RegisterExtension
    static final TracingHarness OUTER = TracingHarness.builder().async(false).build();

    @Test
    void outer_hasItsOwnSettings(MlflowTracer tracer, Traces traces) {
      requireSynchronous(true, tracer, traces);
    }

    @Nested
    @ExtendWith(TracingHarness.class)
    class Inner {

      @Test
      void hasTheDefaults(MlflowTracer tracer, Traces traces) {
        requireSynchronous(false, tracer, traces);
      }
    }

    @Test
    @ExtendWith(TracingHarness.class)
    void method_withTheAnnotation_hasTheDefaults(MlflowTracer tracer, Traces traces) {
      requireSynchronous(false, tracer, traces);
    }
  }

  @Test
  void extension_registeredTwice_servesByTheInnermostOne() {
    EngineRuns.requireAllPassed(
        EngineRuns.run(
            AnnotatedAndStaticFieldTestCase.class,
            AnnotatedAndInstanceFieldTestCase.class,
            PerClassTestCase.class,
            NestedFieldTestCase.class,
            NestedAnnotationTestCase.class),
        8);
  }

  @ExtendWith(TracingHarness.class)
  static class FailingTestCase {

    @RegisterExtension
    static final TracingHarness HARNESS = TracingHarness.builder().async(false).build();

    @Test
    void fails(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      Assertions.fail("as the test wants");
    }

    @TestFactory
    List<DynamicTest> failsInADynamicTest(Traces traces) {
      return List.of(DynamicTest.dynamicTest("one", () -> Assertions.fail(traces.describe())));
    }
  }

  @Test
  void failure_withTheExtensionRegisteredTwice_isReportedOnce() {
    EngineExecutionResults results = EngineRuns.run(FailingTestCase.class);

    assertThat(results.testEvents().failed().count()).isEqualTo(2);
    assertThat(results.allEvents().reportingEntryPublished().list())
        .filteredOn(event -> event
            .getRequiredPayload(ReportEntry.class)
            .getKeyValuePairs()
            .containsKey(TracingHarness.REPORT_ENTRY))
        .hasSize(2);
  }
}
