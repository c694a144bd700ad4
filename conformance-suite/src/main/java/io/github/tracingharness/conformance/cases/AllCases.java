package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.ArrayList;
import java.util.List;

/** All cases of the suite, whatever the destination. */
public final class AllCases {

  private AllCases() {}

  /** Returns the cases in the order in which they are listed and run. */
  public static CaseRegistry registry() {
    List<ConformanceCase> cases = new ArrayList<>(MlflowCases.registry().all());
    cases.addAll(OtlpCases.registry().all());
    return CaseRegistry.of(cases);
  }
}
