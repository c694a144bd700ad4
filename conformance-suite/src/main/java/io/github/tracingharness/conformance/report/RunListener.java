package io.github.tracingharness.conformance.report;

/**
 * Is told how a run goes on. Calls may come from several threads, one at a time for each case; a
 * listener must not block for long, because cases wait for it.
 */
public interface RunListener {

  /**
   * The plan stands and the subject has introduced itself.
   *
   * @param total number of planned cases
   */
  void runStarted(int total, SubjectIdentity subject);

  /**
   * A case has its verdict, or will not be run.
   *
   * @param done number of cases that are finished, this one included
   * @param total number of planned cases
   */
  void caseFinished(CaseResult result, int done, int total);

  /** All cases are finished and the reports are written. */
  void runFinished(RunResult result);
}
