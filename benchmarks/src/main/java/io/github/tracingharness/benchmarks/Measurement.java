package io.github.tracingharness.benchmarks;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one contender reached in one benchmark. A lower score is better where it is a time, a higher
 * one where it is a rate.
 *
 * @param group benchmark and number of threads: what contenders are compared in
 * @param contender name of the contender
 * @param score mean
 * @param error half of the 99.9 % confidence interval; NaN if there were too few iterations
 * @param unit unit of score and error
 * @param bytesPerOp bytes that all threads of the process allocated per operation; empty if not
 *     measured
 */
record Measurement(
    String group,
    String contender,
    double score,
    double error,
    String unit,
    OptionalDouble bytesPerOp) {

  /** Checks the texts. */
  Measurement {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(contender, "contender");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(bytesPerOp, "bytesPerOp");
  }

  /** Tells whether a higher score is better. */
  boolean isRate() {
    return unit.startsWith("ops/");
  }

  /** Tells whether the contender is a part of this project rather than a peer. */
  boolean isOurs() {
    return switch (contender) {
      case "BatchSpanProcessor",
          "bare client",
          "no hand-over",
          "jctools MPSC",
          "jctools MPMC",
          "Disruptor",
          "ArrayBlockingQueue",
          "LinkedBlockingQueue" -> false;
      default -> true;
    };
  }

  /** Returns this score divided by the peer's. */
  double ratioTo(Measurement peer) {
    return score / peer.score;
  }

  /** Returns the error of {@link #ratioTo} if both errors are independent. */
  double ratioErrorTo(Measurement peer) {
    return ratioTo(peer) * Math.hypot(error / score, peer.error / peer.score);
  }
}
