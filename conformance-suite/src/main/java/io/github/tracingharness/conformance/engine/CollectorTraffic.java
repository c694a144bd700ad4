package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.server.collector.CollectedCall;
import io.github.tracingharness.server.collector.OtlpCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What came to the collector of a case. */
record CollectorTraffic(OtlpCollector collector) implements Traffic {

  /** How long a client that has just given up may take to be noticed. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  @Override
  public void settle() throws InterruptedException {
    // One that is still open then stands in the history as it is.
    boolean unused = collector.awaitIdle(SETTLING);
  }

  @Override
  public Set<Long> numbers() {
    return collector.calls().stream().map(CollectedCall::number).collect(Collectors.toSet());
  }

  @Override
  public List<HistoryEvent> events(Recorder recorder, Set<Long> early) {
    List<HistoryEvent> events = new ArrayList<>();
    collector.events().forEach(event -> events.add(recorder.connection(event)));
    for (CollectedCall call : collector.calls()) {
      events.add(recorder.exchange(call, !early.contains(call.number())));
    }
    return events;
  }
}
