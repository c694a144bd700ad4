package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.TrackingSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a case: its history so far. The URL space stays open, so that late traffic is still
 * attributed to it.
 */
final class CaseRun {

  private final ConformanceCase conformanceCase;
  private final int attempt;
  private final Capabilities capabilities;
  private final TrackingSpace space;
  private final Recorder recorder;
  private List<RecordedCall> calls = List.of();
  private long durationMs;
  private boolean driverUsable;

  CaseRun(
      ConformanceCase conformanceCase,
      int attempt,
      Capabilities capabilities,
      TrackingSpace space,
      Recorder recorder) {
    this.conformanceCase = conformanceCase;
    this.attempt = attempt;
    this.capabilities = capabilities;
    this.space = space;
    this.recorder = recorder;
  }

  /** Takes what has arrived until now as the traffic of the case; everything after it is late. */
  void finish(boolean usable) {
    calls = space.calls();
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
    return space.calls().size() > calls.size();
  }

  /** Returns everything seen so far, late requests included and marked. */
  CaseHistory history() {
    List<HistoryEvent> events = new ArrayList<>(recorder.events());
    List<RecordedCall> all = space.calls();
    for (RecordedCall call : all) {
      events.add(recorder.exchange(call, !calls.contains(call)));
    }
    return new CaseHistory(conformanceCase.id(), attempt, capabilities.json(), events, durationMs);
  }
}
