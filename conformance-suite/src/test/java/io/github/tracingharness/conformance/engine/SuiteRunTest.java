package io.github.tracingharness.conformance.engine;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.driver.InJvmDriver;
import io.github.tracingharness.conformance.driver.Python;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.subject.ExporterSubject.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which cases are run side by side, alone, again, or not at all. */
class SuiteRunTest {

  @TempDir
  private Path directory;

  private static ConformanceCase.Builder flushed(String id, String family) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "root").put("name", id);
    return conformanceCase(id)
        .title("a flush tells success")
        .family(family)
        .requirement("MLF-SEM-EXPORT-01")
        .when(new Step.Emit(body), new Step.Flush(Duration.ofSeconds(5)))
        .then("success", Replies.result("flush", 1, "success"));
  }

  private static List<ConformanceCase> cases(String family, int count) {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      cases.add(flushed("RUN-%s-%03d".formatted(family.toUpperCase(Locale.ROOT), n), family)
          .build());
    }
    return cases;
  }

  private static List<Verdict> verdicts(RunResult run) {
    return run.cases().stream().map(c -> c.verdict().verdict()).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void jobs_casesThatMeasureNoTime_runTogetherAndTheOthersAlone() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    AtomicInteger running = new AtomicInteger();
    Queue<Integer> besideAlone = new ConcurrentLinkedQueue<>();
    EmitSubject subject = new EmitSubject(
        "many",
        name -> {
          int now = running.incrementAndGet();
          if (name.contains("ALONE")) {
            besideAlone.add(now);
          } else {
            // Three must be inside at once before one of them may go on.
            together.countDown();
            await(together);
          }
          running.decrementAndGet();
        },
        () -> Outcome.SUCCESS);
    List<ConformanceCase> cases = new ArrayList<>();
    cases.add(flushed("RUN-ALONE-001", "time").alone().build());
    cases.addAll(cases("together", 6));
    cases.add(flushed("RUN-ALONE-002", "time").alone().build());

    RunResult run = TestRuns.of(Subject.inJvm("emit", subject), cases, 3, 0, directory);

    assertThat(verdicts(run)).containsOnly(Verdict.PASS).hasSize(8);
    assertThat(besideAlone).containsExactly(1, 1);
  }

  @Test
  void failure_thatDoesNotComeBack_isFlakyWithItsRate() throws Exception {
    AtomicInteger flushes = new AtomicInteger();
    EmitSubject subject = new EmitSubject(
        "many",
        name -> {},
        () -> flushes.incrementAndGet() == 1 ? Outcome.FAILURE : Outcome.SUCCESS);

    RunResult run = TestRuns.of(Subject.inJvm("emit", subject), cases("flaky", 1), 1, 3, directory);

    CaseResult result = run.cases().get(0);
    assertThat(result.verdict().verdict()).isEqualTo(Verdict.FLAKY);
    assertThat(result.verdict().message()).startsWith("1 of 4 runs ended with FAIL");
    assertThat(result.histories()).hasSize(4);
    assertThat(ExitCode.of(run, List.of())).isEqualTo(ExitCode.FAILURES);
  }

  @Test
  void failure_thatComesBack_isRepeatedThreeTimesEachOnADriverOfItsOwn() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    EmitSubject subject = new EmitSubject("many", name -> {}, () -> Outcome.FAILURE);
    Subject counted = new Subject("emit", Subject.Kind.IN_JVM, () -> {
      starts.incrementAndGet();
      return new InJvmDriver(subject);
    });

    RunResult run = TestRuns.of(counted, cases("failing", 1), 1, 3, directory);

    assertThat(verdicts(run)).containsExactly(Verdict.FAIL);
    assertThat(run.cases().get(0).histories()).hasSize(4);
    assertThat(starts).hasValue(4);
  }

  @Test
  void crash_isRepeatedOnce() throws Exception {
    Python.assumePresent();
    Subject dying = Subject.process("die", Python.badDriver("die"), Map.of(), directory);

    RunResult run = TestRuns.of(dying, cases("crash", 1), 1, 3, directory);

    assertThat(run.cases().get(0).verdict().kind()).isEqualTo(FailureKind.CRASH);
    assertThat(run.cases().get(0).histories()).hasSize(2);
  }

  @Test
  void threeDeathsInARow_stopTheFamilyAndNoOther() throws Exception {
    Python.assumePresent();
    Subject dying = Subject.process("die", Python.badDriver("die"), Map.of(), directory);
    List<ConformanceCase> cases = new ArrayList<>(cases("first", 5));
    cases.addAll(cases("other", 1));

    RunResult run = TestRuns.of(dying, cases, 1, 0, directory);

    assertThat(verdicts(run))
        .containsExactly(
            Verdict.FAIL,
            Verdict.FAIL,
            Verdict.FAIL,
            Verdict.INCONCLUSIVE,
            Verdict.INCONCLUSIVE,
            Verdict.FAIL);
    assertThat(run.cases().get(4).verdict().message())
        .isEqualTo("not run: the subject died 3 times in a row");
    assertThat(ExitCode.of(run, List.of())).isEqualTo(ExitCode.FAILURES);
  }

  @Test
  void subjectWithOneSession_nextDriver_isStartedWhileACaseRuns() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    EmitSubject subject = new EmitSubject("one", name -> await(second), () -> Outcome.SUCCESS);
    Subject counted = new Subject("emit", Subject.Kind.PROCESS, () -> {
      second.countDown();
      return new InJvmDriver(subject);
    });

    RunResult run = TestRuns.of(counted, cases("ahead", 2), 1, 0, directory);

    assertThat(verdicts(run)).containsExactly(Verdict.PASS, Verdict.PASS);
  }

  /** A heart whose time a test moves on, as if nothing had run meanwhile. */
  private static final class StarvedHeart {

    private final AtomicLong starved = new AtomicLong();
    private final Heartbeat heart =
        new Heartbeat(() -> System.nanoTime() + starved.get(), nanos -> {});

    void starve() {
      starved.addAndGet(250_000_000L);
      heart.beat();
      starved.addAndGet(-250_000_000L);
      heart.beat();
    }
  }

  private static ConformanceCase timed() {
    return flushed("RUN-TIME-001", "time").alone().build();
  }

  @Test
  void timedFailure_inAGapOfTheHeartbeat_isRepeatedOnceAndDecidedByThat() throws Exception {
    StarvedHeart starved = new StarvedHeart();
    AtomicInteger flushes = new AtomicInteger();
    EmitSubject subject = new EmitSubject("many", name -> {}, () -> {
      if (flushes.incrementAndGet() > 1) {
        return Outcome.SUCCESS;
      }
      starved.starve();
      return Outcome.FAILURE;
    });

    RunResult run = TestRuns.of(Subject.inJvm("emit", subject), timed(), starved.heart, directory);

    assertThat(verdicts(run)).containsExactly(Verdict.PASS);
    assertThat(run.cases().get(0).histories()).hasSize(2);
  }

  @Test
  void timedFailure_inAGapOfTheHeartbeatTwice_isInconclusive() throws Exception {
    StarvedHeart starved = new StarvedHeart();
    EmitSubject subject = new EmitSubject("many", name -> {}, () -> {
      starved.starve();
      return Outcome.FAILURE;
    });

    RunResult run = TestRuns.of(Subject.inJvm("emit", subject), timed(), starved.heart, directory);

    CaseResult result = run.cases().get(0);
    assertThat(result.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.verdict().message()).contains("the harness did not run for 2");
    assertThat(result.histories()).hasSize(2);
  }

  @Test
  void heartbeat_thatIsDead_isAFaultOfTheHarness() throws Exception {
    Heartbeat dying = new Heartbeat(System::nanoTime, nanos -> {
          throw new IllegalStateException("planted by a test");
        })
        .started();
    EmitSubject subject = new EmitSubject(
        "many",
        name -> {
          while (dying.isAlive()) {
            Thread.onSpinWait();
          }
        },
        () -> Outcome.SUCCESS);

    RunResult run = TestRuns.of(Subject.inJvm("emit", subject), timed(), dying, directory);

    assertThat(verdicts(run)).containsExactly(Verdict.HARNESS_ERROR);
    assertThat(ExitCode.of(run, List.of())).isEqualTo(ExitCode.HARNESS_ERROR);
  }

  @Test
  void heartbeat_thatStops_isAGapOfThatLength() {
    long[] clock = {0};
    Heartbeat heartbeat = new Heartbeat(() -> clock[0], nanos -> clock[0] += nanos);
    heartbeat.beat();
    heartbeat.beat();
    assertThat(heartbeat.gapsSince(0)).isEmpty();
    clock[0] += 250_000_000L;
    heartbeat.beat();

    assertThat(heartbeat.gapsSince(0)).singleElement().satisfies(gap -> {
      assertThat(gap.at()).isEqualTo(20_000_000L);
      assertThat(gap.ms()).isEqualTo(260);
    });
    assertThat(heartbeat.gapsSince(clock[0] + 1)).isEmpty();
  }
}
