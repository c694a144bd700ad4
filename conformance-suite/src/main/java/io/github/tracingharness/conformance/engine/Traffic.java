package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.history.HistoryEvent;
import java.util.List;
import java.util.Set;

/** What a server took in one run of a case. Goes on after the end of the case. */
interface Traffic {

  /** No server at all. */
  Traffic NONE = new Traffic() {
    @Override
    public Set<Long> numbers() {
      return Set.of();
    }

    @Override
    public List<HistoryEvent> events(Recorder recorder, Set<Long> early) {
      return List.of();
    }
  };

  /** Waits for a moment for what the server has not yet seen the end of. */
  default void settle() throws InterruptedException {}

  /** Returns the numbers of the requests that have come so far. */
  Set<Long> numbers();

  /**
   * Returns the requests in order of arrival, and whatever else happened on the way.
   *
   * @param early numbers of the requests that came before the end of the case; the others are late
   */
  List<HistoryEvent> events(Recorder recorder, Set<Long> early);
}
