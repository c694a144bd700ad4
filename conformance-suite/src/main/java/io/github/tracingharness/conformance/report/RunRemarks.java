package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import java.util.Collection;
import java.util.List;

/** Remarks about a run as a whole that follow from its histories. */
public final class RunRemarks {

  private RunRemarks() {}

  /** Returns a remark about what drivers wrote beside the protocol; empty when they did not. */
  public static List<String> noise(Collection<CaseResult> cases) {
    long lines = cases.stream()
        .flatMap(r -> r.histories().stream())
        .flatMap(h -> h.all(ProcessEvent.class).stream())
        .filter(e -> e.what().equals("noise"))
        .count();
    return lines == 0
        ? List.of()
        : List.of("the driver wrote %d lines to stdout that are not JSON objects".formatted(lines));
  }

  /** Returns the remark about requests that came too late for their case. */
  public static String late(String caseId) {
    return caseId + ": requests came after the end of the case";
  }
}
