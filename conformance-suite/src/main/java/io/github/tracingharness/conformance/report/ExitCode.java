package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.Collection;

/**
 * Exit codes of the command.
 *
 * <table>
 * <caption>Which code a run ends with; the first line that fits decides</caption>
 * <tr><th>code</th><th>when</th></tr>
 * <tr><td>2</td><td>no case was planned: a run that judged nothing is never green</td></tr>
 * <tr><td>3</td><td>a case has the verdict HARNESS_ERROR: nothing can be said about it</td></tr>
 * <tr><td>1</td><td>a case is FAIL or FLAKY</td></tr>
 * <tr><td>3</td><td>a case of a MUST is INCONCLUSIVE: conformance is neither shown nor refuted</td></tr>
 * <tr><td>4</td><td>a case is UNEXPECTED_PASS, or an expectation is stale</td></tr>
 * <tr><td>0</td><td>else: each case is PASS, WARN, KNOWN_FAILURE, UNSUPPORTED or NOT_APPLICABLE, or
 * INCONCLUSIVE for a SHOULD or MAY</td></tr>
 * </table>
 *
 * <p>Errors of usage (an unknown subject, a damaged expectation file) end with 2 before there is a
 * run.
 */
public enum ExitCode {
  /** Conformant as claimed. */
  CONFORMANT(0),
  /** At least one requirement is not met. */
  FAILURES(1),
  /** Wrong usage, a damaged file, or nothing to run. */
  USAGE(2),
  /** The harness failed, or a MUST could not be judged. */
  HARNESS_ERROR(3),
  /** All is as it should be but for the list of expectations. */
  STALE_EXPECTATIONS(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Returns the number that the process ends with. */
  public int code() {
    return code;
  }

  /**
   * Returns the exit code of a finished run.
   *
   * @param staleProblems what is stale in the expectations, empty when nothing is
   */
  public static ExitCode of(RunResult run, Collection<String> staleProblems) {
    if (run.cases().isEmpty()) {
      return USAGE;
    }
    if (has(run, Verdict.HARNESS_ERROR)) {
      return HARNESS_ERROR;
    }
    if (has(run, Verdict.FAIL) || has(run, Verdict.FLAKY)) {
      return FAILURES;
    }
    if (run.cases().stream().anyMatch(ExitCode::isInconclusiveMust)) {
      return HARNESS_ERROR;
    }
    if (has(run, Verdict.UNEXPECTED_PASS) || !staleProblems.isEmpty()) {
      return STALE_EXPECTATIONS;
    }
    return CONFORMANT;
  }

  private static boolean has(RunResult run, Verdict verdict) {
    return run.cases().stream().anyMatch(c -> c.verdict().verdict() == verdict);
  }

  private static boolean isInconclusiveMust(CaseResult result) {
    return result.verdict().verdict() == Verdict.INCONCLUSIVE
        && result.verdict().level() == Level.MUST;
  }
}
