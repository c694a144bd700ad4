package io.github.tracingharness.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What a file of JMH's JSON says, as far as runs are compared.
 *
 * @param scores by name, which includes threads and parameters
 */
record Scores(Map<String, Score> scores) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /**
   * The score of one benchmark.
   *
   * @param value mean over all forks and iterations
   * @param error half of the 99.9 % confidence interval; NaN if unknown
   * @param unit unit of both
   * @param higherIsBetter whether the unit counts operations per time
   * @param iterations the single measurements
   * @param bytesPerOp bytes allocated per operation, if measured
   */
  record Score(
      double value,
      double error,
      String unit,
      boolean higherIsBetter,
      List<Double> iterations,
      OptionalDouble bytesPerOp) {

    /** Returns the score of the fastest iteration. */
    double best() {
      DoubleStream all = iterations.stream().mapToDouble(Double::doubleValue);
      return (higherIsBetter ? all.max() : all.min()).orElse(value);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no JSON of JMH; the message says why
   */
  static Scores read(Path file) {
    JsonNode runs;
    try {
      runs = MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
    if (runs == null || !runs.isArray() || runs.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no results of JMH (an array of runs).");
    }
    Map<String, Score> scores = new LinkedHashMap<>();
    for (JsonNode run : runs) {
      if (!run.hasNonNull("benchmark") || !run.has("primaryMetric")) {
        throw new IllegalArgumentException(file + " holds a run without a name or a score.");
      }
      scores.put(name(run), score(run));
    }
    return new Scores(scores);
  }

  private static String name(JsonNode run) {
    String[] parts = run.get("benchmark").asText().split("\\.", -1);
    StringBuilder name = new StringBuilder(parts[parts.length - 2].replace("Benchmark", ""))
        .append('.')
        .append(parts[parts.length - 1]);
    if (run.path("threads").asInt(1) > 1) {
      name.append(" ×").append(run.get("threads").asInt());
    }
    Map<String, String> parameters = new TreeMap<>();
    run.path("params")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    parameters.values().forEach(value -> name.append(" [").append(value).append(']'));
    return name.toString();
  }

  private static Score score(JsonNode run) {
    JsonNode metric = run.get("primaryMetric");
    List<Double> iterations = new ArrayList<>();
    metric.path("rawData").forEach(fork -> fork.forEach(one -> iterations.add(one.asDouble())));
    JsonNode allocated = run.path("secondaryMetrics").path(ALLOCATION);
    return new Score(
        metric.path("score").asDouble(),
        number(metric.path("scoreError")),
        metric.path("scoreUnit").asText(),
        run.path("mode").asText().equals("thrpt"),
        List.copyOf(iterations),
        allocated.isMissingNode()
            ? OptionalDouble.empty()
            : OptionalDouble.of(allocated.path("score").asDouble()));
  }

  /** JMH writes the text "NaN" for what it does not know. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }
}
