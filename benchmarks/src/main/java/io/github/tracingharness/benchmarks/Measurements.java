package io.github.tracingharness.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Reads measurements from JMH's results. */
final class Measurements {

  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final String DELIVERED = "delivered";

  private Measurements() {}

  static List<Measurement> of(Collection<RunResult> results) {
    return results.stream().flatMap(Measurements::all).toList();
  }

  /** What arrived is a result of its own. */
  private static Stream<Measurement> all(RunResult result) {
    Result<?> delivered = result.getSecondaryResults().get(DELIVERED);
    if (delivered == null) {
      return Stream.of(of(result));
    }
    return Stream.of(
        of(result),
        new Measurement(
            group(result.getParams()) + " delivered",
            contender(result.getParams()),
            delivered.getScore(),
            delivered.getScoreError(),
            delivered.getScoreUnit(),
            OptionalDouble.empty()));
  }

  private static Measurement of(RunResult result) {
    Result<?> primary = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
    return new Measurement(
        group(result.getParams()),
        contender(result.getParams()),
        primary.getScore(),
        primary.getScoreError(),
        primary.getScoreUnit(),
        allocated == null ? OptionalDouble.empty() : OptionalDouble.of(allocated.getScore()));
  }

  /** Names the benchmark without its package, and the threads if there are more than one. */
  static String group(BenchmarkParams params) {
    String[] names = params.getBenchmark().split("\\.", -1);
    String name = names[names.length - 2].replace("Benchmark", "") + "." + names[names.length - 1];
    return params.getThreads() == 1 ? name : name + " ×" + params.getThreads();
  }

  static String contender(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
  }
}
