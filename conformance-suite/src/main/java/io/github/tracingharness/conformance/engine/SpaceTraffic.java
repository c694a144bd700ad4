package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.TrackingSpace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The requests to a URL space of the tracking server. */
record SpaceTraffic(TrackingSpace space) implements Traffic {

  @Override
  public Set<Long> numbers() {
    return space.calls().stream().map(RecordedCall::number).collect(Collectors.toSet());
  }

  @Override
  public List<HistoryEvent> events(Recorder recorder, Set<Long> early) {
    return space.calls().stream()
        .<HistoryEvent>map(call -> recorder.exchange(call, !early.contains(call.number())))
        .toList();
  }
}
