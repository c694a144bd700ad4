package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;

/** What is said of a case beside its checks. */
final class CaseWords {

  private CaseWords() {}

  /**
   * Returns what the verdict's message says beyond its checks, so that no report says anything
   * twice: the message without the words of a check at its end, and nothing where it is a check's
   * message.
   */
  static String besideChecks(CaseVerdict verdict) {
    String message = verdict.message();
    for (CheckVerdict check : verdict.checks()) {
      if (!check.message().isEmpty() && message.endsWith(check.message())) {
        return message
            .substring(0, message.length() - check.message().length())
            .replaceFirst(":\\s*$", "");
      }
    }
    return message;
  }
}
