package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/**
 * A case of a run, its verdict, and what the verdict is made from.
 *
 * @param conformanceCase the case
 * @param verdict the verdict after expectations were applied
 * @param histories one for each time that it was run; empty when it was not
 */
public record CaseResult(
    ConformanceCase conformanceCase, CaseVerdict verdict, List<CaseHistory> histories) {

  /** Keeps a copy of the histories. */
  public CaseResult {
    histories = List.copyOf(histories);
  }
}
