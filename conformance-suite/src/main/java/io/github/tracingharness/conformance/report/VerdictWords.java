package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;

/** Verdicts in words. */
public final class VerdictWords {

  private VerdictWords() {}

  /** Returns a name of at most 6 characters. */
  public static String shortName(Verdict verdict) {
    return switch (verdict) {
      case HARNESS_ERROR -> "ERROR";
      case FAIL -> "FAIL";
      case UNEXPECTED_PASS -> "XPASS";
      case FLAKY -> "FLAKY";
      case INCONCLUSIVE -> "incon";
      case KNOWN_FAILURE -> "known";
      case WARN -> "warn";
      case UNSUPPORTED -> "unsupp";
      case NOT_APPLICABLE -> "n/a";
      case PASS -> "pass";
    };
  }

  /** Returns the name for a reader. */
  public static String label(Verdict verdict) {
    return switch (verdict) {
      case HARNESS_ERROR -> "harness error";
      case FAIL -> "fail";
      case UNEXPECTED_PASS -> "unexpected pass";
      case FLAKY -> "flaky";
      case INCONCLUSIVE -> "inconclusive";
      case KNOWN_FAILURE -> "known failure";
      case WARN -> "warn";
      case UNSUPPORTED -> "unsupported";
      case NOT_APPLICABLE -> "not applicable";
      case PASS -> "pass";
    };
  }

  /** Returns what the verdict means, in one sentence. */
  public static String meaning(Verdict verdict) {
    return switch (verdict) {
      case HARNESS_ERROR -> "The harness failed; nothing can be said about the subject.";
      case FAIL -> "A MUST is not met.";
      case UNEXPECTED_PASS -> "Listed as a known failure, but it passes: the list is stale.";
      case FLAKY -> "Repeated alone, it came out differently.";
      case INCONCLUSIVE -> "The needed observation was disturbed or impossible.";
      case KNOWN_FAILURE -> "Listed with a reason, and it fails the same checks in the same way.";
      case WARN -> "A SHOULD is not met.";
      case UNSUPPORTED -> "The subject declares that it lacks what the case needs.";
      case NOT_APPLICABLE -> "Destination, platform or set does not include it.";
      case PASS -> "Controls and checks are met.";
    };
  }
}
