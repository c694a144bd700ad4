package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Locked as a whole because the test cases run by the engine inside do not see each other. */
@ResourceLock(UsesGlobalOpenTelemetry.RESOURCE)
class UsesGlobalOpenTelemetryTest {

  @BeforeEach
  @AfterEach
  void clear() {
    GlobalOpenTelemetry.resetForTest();
  }

  private static void traceByTheGlobal(String name) {
    GlobalOpenTelemetry.getTracer("application").spanBuilder(name).startSpan().end();
  }

  @ExtendWith(TracingHarness.class)
  static class GlobalTestCase {

    static final AtomicInteger AT_ONCE = new AtomicInteger();

    @RepeatedTest(20)
    @UsesGlobalOpenTelemetry
    void tracesOfTheGlobal_areThoseOfTheTest(Traces traces) {
      assertThat(AT_ONCE.incrementAndGet()).as("tests with the global at once").isEqualTo(1);
      traceByTheGlobal("global");
      assertThat(traces.awaitTrace()).hasRoot("global");
      AT_ONCE.decrementAndGet();
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(TracingHarness.class)
  @UsesGlobalOpenTelemetry
  @interface GloballyTraced {}

  @GloballyTraced
  static class ComposedTestCase {

    @BeforeEach
    void isThereAlready() {
      assertThat(GlobalOpenTelemetry.isSet()).isTrue();
    }

    @Test
    void alsoByAComposedAnnotationOfTheClass(Traces traces) {
      traceByTheGlobal("composed");
      assertThat(traces.awaitTrace()).hasRoot("composed");
    }
  }

  @Test
  void global_whereItWasNotSet_isNotSetAfterwards() {
    EngineRuns.requireAllPassed(
        EngineRuns.runInParallel(8, GlobalTestCase.class, ComposedTestCase.class), 21);

    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void global_thatWasSet_isBackAfterwards() {
    AtomicInteger asked = new AtomicInteger();
    OpenTelemetry own = new OpenTelemetry() {
      @Override
      public io.opentelemetry.api.trace.TracerProvider getTracerProvider() {
        asked.incrementAndGet();
        return OpenTelemetry.noop().getTracerProvider();
      }

      @Override
      public io.opentelemetry.context.propagation.ContextPropagators getPropagators() {
        return OpenTelemetry.noop().getPropagators();
      }
    };
    GlobalOpenTelemetry.set(own);

    EngineRuns.requireAllPassed(EngineRuns.run(ComposedTestCase.class), 1);
    assertThat(asked).hasValue(0);
    traceByTheGlobal("own");

    assertThat(asked).hasValue(1);
  }
}
