package io.github.tracingharness.benchmarks;

import io.github.tracingharness.benchmarks.Scores.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Decides whether a change made anything worse, from rounds that ran base and head in turn.
 *
 * <p>Time is judged by the ratio of head to base within each round, so that a machine that is slow
 * for a while slows both, and by the fastest iteration of each: whatever else runs there only adds
 * time. It is worse if the geometric mean of the ratios exceeds the limit and all of its 95 %
 * confidence interval is beyond {@value #LEAST_CERTAIN}. Allocation hardly varies and is judged
 * strictly: it is worse if it grows by more than 2 % and 8 bytes, and every round of head allocates
 * more than every round of base.
 */
final class Gate {

  /** By what factor time may grow unless told otherwise. */
  static final double DEFAULT_LIMIT = 1.15;

  /** What the whole interval has to exceed; a ratio of nearly 1 is no regression, however sure. */
  static final double LEAST_CERTAIN = 1.03;

  private static final double SURE = 0.975;
  private static final double ALLOCATION_LIMIT = 1.02;
  private static final double ALLOCATION_BYTES = 8;

  private final double limit;

  Gate(double limit) {
    if (!(limit > 1)) {
      throw new IllegalArgumentException(
          "The limit must be a ratio above 1, such as 1.15, not " + limit + ".");
    }
    this.limit = limit;
  }

  /** How a benchmark came out. */
  enum Verdict {
    SAME,
    BETTER,
    WORSE,
    /** In base or in head only. */
    NOT_COMPARED
  }

  /**
   * What became of one benchmark.
   *
   * @param name name of the benchmark
   * @param verdict whether it is worse
   * @param ratio time of head per time of base; NaN if not compared
   * @param low lower end of the interval of the ratio
   * @param high upper end of the interval of the ratio
   * @param text one line for people
   */
  record Finding(
      String name, Verdict verdict, double ratio, double low, double high, String text) {}

  /**
   * Compares rounds.
   *
   * @throws IllegalArgumentException if there are not as many of both, or fewer than three
   */
  List<Finding> judge(List<Scores> base, List<Scores> head) {
    if (base.size() != head.size() || base.size() < 3) {
      throw new IllegalArgumentException("There must be as many rounds of base as of head, and at"
          + " least 3, not " + base.size() + " and " + head.size() + ".");
    }
    Map<String, Boolean> names = new LinkedHashMap<>();
    base.get(0).scores().keySet().forEach(name -> names.put(name, true));
    head.get(0).scores().keySet().forEach(name -> names.putIfAbsent(name, false));
    List<Finding> findings = new ArrayList<>();
    names.keySet().forEach(name -> findings.add(judge(name, all(base, name), all(head, name))));
    return findings;
  }

  private static List<Score> all(List<Scores> rounds, String name) {
    return rounds.stream()
        .map(round -> round.scores().get(name))
        .filter(score -> score != null)
        .toList();
  }

  private Finding judge(String name, List<Score> base, List<Score> head) {
    if (base.size() != head.size() || base.size() < 3) {
      return new Finding(
          name,
          Verdict.NOT_COMPARED,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          "not compared: not in every round of base and head");
    }
    int rounds = base.size();
    double[] logs = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double ratio = head.get(i).best() / base.get(i).best();
      // A throughput that falls is a time that grows.
      logs[i] = Math.log(base.get(i).higherIsBetter() ? 1 / ratio : ratio);
    }
    double mean = mean(logs);
    double margin = new TDistribution(rounds - 1).inverseCumulativeProbability(SURE)
        * deviation(logs, mean)
        / Math.sqrt(rounds);
    double ratio = Math.exp(mean);
    double low = Math.exp(mean - margin);
    double high = Math.exp(mean + margin);
    String time = String.format(Locale.ROOT, "time × %.2f (95 %%: %.2f to %.2f)", ratio, low, high);
    String allocation = allocation(base, head);
    if (ratio > limit && low > LEAST_CERTAIN) {
      String text = time + ", more than × " + limit + allocation;
      return new Finding(name, Verdict.WORSE, ratio, low, high, text);
    }
    if (!allocation.isEmpty()) {
      return new Finding(name, Verdict.WORSE, ratio, low, high, time + allocation);
    }
    Verdict verdict = ratio < 1 / limit && high < 1 / LEAST_CERTAIN ? Verdict.BETTER : Verdict.SAME;
    return new Finding(name, verdict, ratio, low, high, time);
  }

  /** Returns what is to be said of allocation; nothing if it did not grow. */
  private static String allocation(List<Score> base, List<Score> head) {
    OptionalDouble most = bytes(base).max();
    OptionalDouble least = bytes(head).min();
    if (most.isEmpty() || least.isEmpty() || least.getAsDouble() <= most.getAsDouble()) {
      return "";
    }
    double before = bytes(base).average().orElse(0);
    double after = bytes(head).average().orElse(0);
    return after > before * ALLOCATION_LIMIT && after > before + ALLOCATION_BYTES
        ? String.format(Locale.ROOT, "; allocates %,.0f bytes/op instead of %,.0f", after, before)
        : "";
  }

  private static DoubleStream bytes(List<Score> scores) {
    return scores.stream()
        .map(Score::bytesPerOp)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
