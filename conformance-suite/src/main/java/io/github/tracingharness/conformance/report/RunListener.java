package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/**
 * Is told how a run goes on. Calls may come from several threads, one at a time for each case; a
 * listener must not block for long, because cases wait for it.
 */
public interface RunListener {

  /**
   * The plan stands and the subject has introduced itself.
   *
   * @param plan all cases that will be finished, in the order of the registry
   */
  void runStarted(List<ConformanceCase> plan, SubjectIdentity subject);

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
