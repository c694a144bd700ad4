package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.expect.Expectation;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case of a run, its verdict, and what the verdict is made from.
 *
 * @param conformanceCase the case
 * @param verdict the verdict after expectations were applied
 * @param histories one for each time that it was run; empty when it was not
 * @param known the entry that makes it a known failure, or null
 */
public record CaseResult(
    ConformanceCase conformanceCase,
    CaseVerdict verdict,
    List<CaseHistory> histories,
    @Nullable Expectation known) {

  /** A result that no expectation speaks of. */
  public CaseResult(
      ConformanceCase conformanceCase, CaseVerdict verdict, List<CaseHistory> histories) {
    this(conformanceCase, verdict, histories, null);
  }

  /** Keeps a copy of the histories. */
  public CaseResult {
    histories = List.copyOf(histories);
  }

  /** Returns the same result with the entry that foresaw it, or null. */
  public CaseResult knownBy(@Nullable Expectation entry) {
    return new CaseResult(conformanceCase, verdict, histories, entry);
  }
}
