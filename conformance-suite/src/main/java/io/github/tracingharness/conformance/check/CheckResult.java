package io.github.tracingharness.conformance.check;

/**
 * What a check found.
 *
 * @param outcome whether the statement holds
 * @param message for MET what was found; for UNMET what was expected, what was found and the
 *     nearest candidate; for UNOBSERVABLE which observation the subject could not give
 */
public record CheckResult(Outcome outcome, String message) {

  /** Whether a statement holds. */
  public enum Outcome {
    /** It holds. */
    MET,
    /** It does not. */
    UNMET,
    /** The subject said honestly that it cannot tell, so the statement cannot be judged. */
    UNOBSERVABLE
  }

  /** Returns a result for a statement that holds. */
  public static CheckResult met(String found) {
    return new CheckResult(Outcome.MET, found);
  }

  /** Returns a result for a statement that does not hold. */
  public static CheckResult unmet(String message) {
    return new CheckResult(Outcome.UNMET, message);
  }

  /** Returns a result in the usual form "expected …, found …". */
  public static CheckResult unmet(String expected, String found) {
    return unmet("expected " + expected + "\n   found " + found);
  }

  /** Returns a result for a statement that cannot be judged. */
  public static CheckResult unobservable(String why) {
    return new CheckResult(Outcome.UNOBSERVABLE, why);
  }

  /** Returns whether the statement holds. */
  public boolean isMet() {
    return outcome == Outcome.MET;
  }
}
