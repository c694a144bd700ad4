package io.github.tracingharness.server;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Faults that are drawn from a seed, a new draw for each call. Made by {@link Fault#drawn}.
 *
 * <p>The n-th draw of a seed is always the same. Which call makes it depends on the order in which
 * calls take the steps of their script, so a run repeats exactly when its calls come one after the
 * other. Print this object, it names its seed.
 *
 * @since 0.1.0
 */
public final class DrawnFault implements Fault {

  private final Object lock = new Object();
  private final long seed;
  private final double probability;
  private final List<Fault> faults;
  private final SplittableRandom random;

  DrawnFault(long seed, double probability, List<Fault> faults) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be more than 0 and at most 1, not " + probability);
    }
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one fault to draw");
    }
    this.seed = seed;
    this.probability = probability;
    this.faults = List.copyOf(faults);
    this.random = new SplittableRandom(seed);
  }

  /**
   * The seed of the draws.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * The faults that can be drawn.
   *
   * @return the faults in order
   */
  public List<Fault> faults() {
    return faults;
  }

  @Override
  public String toString() {
    return "with probability %s one of %d faults, drawn from seed %d"
        .formatted(probability, faults.size(), seed);
  }

  /** The next draw, {@link Fault#real} if there is to be no fault. */
  Fault draw() {
    Fault drawn;
    synchronized (lock) {
      // Both numbers are always taken, so that the probability does not change which fault comes.
      double hit = random.nextDouble();
      int which = random.nextInt(faults.size());
      drawn = hit < probability ? faults.get(which) : Fault.real();
    }
    return drawn instanceof DrawnFault again ? again.draw() : drawn;
  }

  /** Whether a fault is, or can be drawn to be, one that comes before the body has arrived. */
  static boolean mayBeEarly(Fault fault) {
    if (fault instanceof DrawnFault drawn) {
      return drawn.faults.stream().anyMatch(DrawnFault::mayBeEarly);
    }
    return fault instanceof ResetWhileBodyArrives;
  }

  /** Whether a fault is, or can be drawn to be, one that is over when others begin. */
  private static boolean comesFirst(Fault fault) {
    if (fault instanceof DrawnFault drawn) {
      return drawn.faults.stream().anyMatch(DrawnFault::comesFirst);
    }
    return fault instanceof ResetWhileBodyArrives || fault instanceof ConnectionFault.AcceptedLate;
  }

  /** Refuses what cannot come after something else. */
  static Fault requireLate(Fault next) {
    if (comesFirst(next)) {
      throw new IllegalArgumentException("a reset while the body arrives, or a late acceptance,"
          + " cannot come after another fault; make it a step itself");
    }
    return next;
  }
}
