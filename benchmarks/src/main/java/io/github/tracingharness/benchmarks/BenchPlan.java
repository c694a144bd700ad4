package io.github.tracingharness.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What is run and how long.
 *
 * @param forks JVMs per contender
 * @param warmups warm-up iterations per fork; three times as many with many threads
 * @param iterations measured iterations per fork
 * @param iterationMillis length of an iteration
 * @param maxThreads steps with more threads are left out unless the user selects steps
 */
record BenchPlan(int forks, int warmups, int iterations, int iterationMillis, int maxThreads) {

  /** Less than three minutes on two idle cores: enough to see a factor, not ten percent. */
  static final BenchPlan QUICK = new BenchPlan(1, 3, 3, 200, 4);

  /** Most of an hour. */
  static final BenchPlan FULL = new BenchPlan(5, 3, 5, 700, Integer.MAX_VALUE);

  /** Half a minute for each contender, so that a profile has samples enough. */
  static final BenchPlan PROFILE = new BenchPlan(1, 6, 5, 2000, Integer.MAX_VALUE);

  /** So many threads leave the compiler little of two cores, so the code is cold for seconds. */
  private static final int MANY_THREADS = 16;

  /**
   * Tracing and encoding are much code, and both cores are busy with it: it is compiled to the end
   * after 8 s with one thread. A short plan does without.
   */
  private static final int MUCH_CODE = 8;

  /** Benchmarks by number of threads. */
  static final List<Step> STEPS = List.of(
      new Step(QueueOfferBenchmark.class, "offer", 1),
      new Step(QueueOfferBenchmark.class, "offer", 4),
      new Step(QueueOfferBenchmark.class, "offerAndDrain", 1),
      new Step(BatchingBenchmark.class, "bySize", 1),
      new Step(BatchingBenchmark.class, "byInterval", 1),
      new Step(BatchingBenchmark.class, "byLocation", 1),
      new Step(TraceManagerBenchmark.class, "spans", 1),
      new Step(TraceManagerBenchmark.class, "spans", 4),
      new Step(TraceManagerBenchmark.class, "spans", 16),
      new Step(SpanEndBenchmark.class, "span", 1),
      new Step(SpanEndBenchmark.class, "span", 4),
      new Step(SpanEndBenchmark.class, "span", 16),
      new Step(SpanEndBenchmark.class, "span", 64),
      new Step(SpanEndBenchmark.class, "saturate", 1),
      new Step(SpanEndBenchmark.class, "saturate", 4),
      new Step(SpanEndBenchmark.class, "saturate", 16),
      new Step(SpanEndBenchmark.class, "offered", 1),
      new Step(SpanEndBenchmark.class, "offered", 16),
      new Step(SpanCostBenchmark.class, "oneSpan", 1),
      new Step(SpanCostBenchmark.class, "tracedCall", 1),
      new Step(SpanCostBenchmark.class, "tracedCall", 4),
      new Step(EndToEndBenchmark.class, "traces", 1),
      new Step(ConcurrentTracesBenchmark.class, "deliver", 1),
      new Step(EncodingBenchmark.class, "otlp", 1),
      new Step(EncodingBenchmark.class, "json", 1),
      new Step(EncodingBenchmark.class, "sizeStatistics", 1),
      new Step(GrowthBenchmark.class, "spansPerTrace", 1),
      new Step(GrowthBenchmark.class, "openTraces", 1),
      new Step(PlantedBenchmark.class, "work", 1),
      new Step(FlushBenchmark.class, "burstAndFlush", 1),
      new Step(FlushBenchmark.class, "idleFlush", 1),
      new Step(FlushUnderLoadBenchmark.class, "latency", 1),
      new Step(FlushOrderBenchmark.class, "burst", 1));

  /**
   * One benchmark method with all its contenders.
   *
   * @param type class of the benchmark
   * @param method method of the benchmark
   * @param threads threads that call it
   */
  record Step(Class<?> type, String method, int threads) {

    /** Returns the regular expression that includes this method only. */
    String include() {
      return "^" + Pattern.quote(type.getName() + "." + method) + "$";
    }

    /** Returns how many contenders there are. */
    int contenders() {
      int contenders = Stream.concat(
              Arrays.stream(type.getFields()),
              parameters().flatMap(parameter -> Arrays.stream(parameter.getFields())))
          .map(field -> field.getAnnotation(Param.class))
          .filter(Objects::nonNull)
          .mapToInt(param -> param.value().length)
          .sum();
      return Math.max(1, contenders);
    }

    /** States of the method itself, which may have parameters of their own. */
    private Stream<Class<?>> parameters() {
      return Arrays.stream(type.getMethods())
          .filter(one -> one.getName().equals(method))
          .flatMap(one -> Arrays.stream(one.getParameterTypes()));
    }

    /** Returns the name by which a user selects the step. */
    String name() {
      return type.getSimpleName() + "." + method;
    }
  }

  private int warmups(Step step) {
    if (step.type() == SpanCostBenchmark.class && forks > 1) {
      return MUCH_CODE * warmups;
    }
    return step.threads() < MANY_THREADS ? warmups : 3 * warmups;
  }

  /** Returns JMH's options for a step. */
  ChainedOptionsBuilder options(Step step) {
    return new OptionsBuilder()
        .include(step.include())
        .threads(step.threads())
        .forks(forks)
        .warmupIterations(warmups(step))
        .warmupTime(TimeValue.milliseconds(iterationMillis))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(iterationMillis))
        .timeout(new TimeValue(60, TimeUnit.SECONDS))
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.NORMAL);
  }
}
