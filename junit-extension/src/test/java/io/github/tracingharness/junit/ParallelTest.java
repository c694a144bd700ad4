package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.TrackingSpace;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run at the same time see nothing of each other. */
class ParallelTest {

  private static final int TESTS = 200;
  private static final int ROUNDS = 20;

  /** More than tests, because JUnit's own tasks wait in threads too. */
  private static final int THREADS = TESTS + 50;

  @ExtendWith(TracingHarness.class)
  @TracingConfig(awaitMillis = 60_000)
  static class TwoHundredAtOnceTestCase {

    static final Set<URI> SPACES = ConcurrentHashMap.newKeySet();
    static final CyclicBarrier ALL = new CyclicBarrier(TESTS);

    @RepeatedTest(TESTS)
    void one(RepetitionInfo repetition, MlflowTracer tracer, Traces traces, TrackingSpace space)
        throws InterruptedException, BrokenBarrierException, TimeoutException {
      SPACES.add(space.trackingUri());
      String name = "test-" + repetition.getCurrentRepetition();

      ALL.await(60, TimeUnit.SECONDS);
      tracer.trace(name, () -> tracer.trace("child of " + name, () -> {}));

      assertThat(traces.awaitTrace()).hasRoot(name).hasSpans(name, "child of " + name);
      assertThat(traces.exports()).deliveredExactlyOnce();
      ALL.await(60, TimeUnit.SECONDS);
      assertThat(traces.traces()).as("after all others have finished").hasSize(1);
      assertThat(space.failures()).isEmpty();
    }
  }

  @Test
  @Timeout(300)
  void twoHundredTests_allAtOnceTwentyTimes_neverCross() {
    TwoHundredAtOnceTestCase.SPACES.clear();

    for (int round = 0; round < ROUNDS; round++) {
      EngineRuns.requireAllPassed(
          EngineRuns.runInParallel(THREADS, TwoHundredAtOnceTestCase.class), TESTS);
    }

    assertThat(TwoHundredAtOnceTestCase.SPACES).hasSize(TESTS * ROUNDS);
  }

  /** All methods of both classes meet here, so they do run at the same time. */
  private static final CyclicBarrier FOUR = new CyclicBarrier(4);

  private static void meetAndTrace(String name, MlflowTracer tracer, Traces traces)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    FOUR.await(60, TimeUnit.SECONDS);
    tracer.trace(name, () -> {});
    assertThat(traces.awaitTrace()).hasRoot(name);
    FOUR.await(60, TimeUnit.SECONDS);
    assertThat(traces.traces()).hasSize(1);
  }

  @ExtendWith(TracingHarness.class)
  static class LeftTestCase {

    @Test
    void first(MlflowTracer tracer, Traces traces) throws Exception {
      meetAndTrace("left first", tracer, traces);
    }

    @Test
    void second(MlflowTracer tracer, Traces traces) throws Exception {
      meetAndTrace("left second", tracer, traces);
    }
  }

  @ExtendWith(TracingHarness.class)
  @TracingConfig(async = false)
  static class RightTestCase {

    @Test
    void first(MlflowTracer tracer, Traces traces) throws Exception {
      meetAndTrace("right first", tracer, traces);
    }

    @Test
    void second(MlflowTracer tracer, Traces traces) throws Exception {
      meetAndTrace("right second", tracer, traces);
    }
  }

  @Test
  void classesAndMethods_atTheSameTime_keepTheirOwnSettingsAndTraces() {
    EngineRuns.requireAllPassed(
        EngineRuns.runInParallel(8, LeftTestCase.class, RightTestCase.class), 4);
  }
}
