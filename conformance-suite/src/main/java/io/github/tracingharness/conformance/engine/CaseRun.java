package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One run of a case: its history so far. Its server stays open, so that late traffic is still
 * attributed to it.
 */
final class CaseRun {

  private final ConformanceCase conformanceCase;
  private final int attempt;
  private final Capabilities capabilities;
  private final Traffic traffic;
  private final Recorder recorder;
  private Set<Long> early = Set.of();
  private long durationMs;
  private boolean driverUsable;

  CaseRun(
      ConformanceCase conformanceCase,
      int attempt,
      Capabilities capabilities,
      Traffic traffic,
      Recorder recorder) {
    this.conformanceCase = conformanceCase;
    this.attempt = attempt;
    this.capabilities = capabilities;
    this.traffic = traffic;
    this.recorder = recorder;
  }

  /** Takes what has arrived until now as the traffic of the case; everything after it is late. */
  void finish(boolean usable) {
    try {
      traffic.settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    early = traffic.numbers();
    durationMs = recorder.elapsedMillis();
    driverUsable = usable;
  }

  ConformanceCase conformanceCase() {
    return conformanceCase;
  }

  boolean isDriverUsable() {
    return driverUsable;
  }

  /** Returns whether requests came after the end. */
  boolean hasLateTraffic() {
    return traffic.numbers().size() > early.size();
  }

  /** Returns everything seen so far, late requests included and marked. */
  CaseHistory history() {
    List<HistoryEvent> events = new ArrayList<>(recorder.events());
    events.addAll(traffic.events(recorder, early));
    return new CaseHistory(conformanceCase.id(), attempt, capabilities.json(), events, durationMs);
  }
}
