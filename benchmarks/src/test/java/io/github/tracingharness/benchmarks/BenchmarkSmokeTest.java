package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every benchmark for an instant in this JVM; what it scores is not looked at. */
class BenchmarkSmokeTest {

  private static final BenchPlan INSTANT = new BenchPlan(0, 0, 1, 1, 1);

  /** Delivers nothing. */
  private static final String NOTHING = "no hand-over";

  static Collection<BenchPlan.Step> steps() {
    return BenchPlan.STEPS.stream().filter(step -> step.threads() == 1).toList();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void benchmark_instantRun_measuresEveryContender(BenchPlan.Step step) throws RunnerException {
    Progress progress = new Progress(new PrintStream(PrintStream.nullOutputStream()), 1);

    Collection<RunResult> results = new Runner(
            INSTANT.options(step).measurementTime(TimeValue.milliseconds(1)).build(), progress)
        .run();

    assertThat(results).hasSize(step.contenders());
    assertThat(Measurements.of(results))
        .hasSizeGreaterThanOrEqualTo(step.contenders())
        .filteredOn(
            one -> !one.group().endsWith(" delivered") || !one.contender().equals(NOTHING))
        .allSatisfy(one -> assertThat(one.score()).isPositive());
  }
}
