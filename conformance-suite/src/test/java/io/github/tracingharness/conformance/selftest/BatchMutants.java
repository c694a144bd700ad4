package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.configured;
import static io.github.tracingharness.conformance.selftest.Mutant.inProcess;
import static io.github.tracingharness.conformance.selftest.Mutant.onEachWire;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;
import static io.github.tracingharness.conformance.selftest.WireFault.afterTheFirst;
import static io.github.tracingharness.conformance.selftest.WireFault.isTableSpans;
import static io.github.tracingharness.conformance.selftest.WireFault.swallowed;

import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import io.github.tracingharness.conformance.subject.SpanSpec;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What can be wrong with batches of spans. */
final class BatchMutants {

  private BatchMutants() {}

  static List<Mutant> all() {
    return List.of(
        configured("sends each span alone", "UCT-BATCH-001/five", b -> b.maxSpanBatchSize(1)),
        configured(
            "sends each span of many threads alone",
            "UCT-BATCH-004/full-but-the-last",
            b -> b.maxSpanBatchSize(1)),
        configured(
            "sends batches before they are full", "UCT-BATCH-001/five", b -> b.maxSpanBatchSize(4)),
        configured(
            "waits for a full batch for ever",
            "UCT-BATCH-002/without-flush",
            b -> b.maxBatchInterval(Duration.ofMinutes(1))),
        inProcess(
            "sends what waits with each trace info",
            "UCT-EXPORT-005/none-with-the-info",
            FlushesAlways::new),
        inProcess(
            "sends a batch before anybody asks",
            "UCT-BATCH-003/nothing-before",
            FlushesAlways::new),
        inProcess("flushes nothing", "UCT-BATCH-003/three", Mutants.LyingFlush::new),
        inProcess("flushes nothing for others", "UCT-TABLE-003/there", Mutants.LyingFlush::new),
        onWire(
            "loses the batch that is not full at shutdown",
            "UCT-BATCH-006/three",
            swallowed(WireFault::isTableSpans)),
        onEachWire(
            "stops the queue before the batch is drained",
            "UCT-BATCH-007/batches",
            () -> swallowed(afterTheFirst(WireFault::isTableSpans))),
        onEachWire("turns the order of the tables round", "UCT-BATCH-005/order", SecondFirst::new),
        onEachWire(
            "mixes tables",
            "UCT-BATCH-005/second-table",
            () -> swallowed(afterTheFirst(WireFault::isTableSpans))),
        configured(
            "holds its callers while tables are slow",
            "UCT-BATCH-009/caller-free",
            b -> b.asyncExport(false)),
        onWire("hides that spans were refused", "UCT-BATCH-010/first", (call, real) -> {
          HttpAnswer answer = real.send(call);
          return isTableSpans(call) ? WireFault.ACCEPTED : answer;
        }),
        inProcess("hides the second refusal", "UCT-BATCH-010/second", Mutants.AlwaysSuccess::new),
        onWire("hides that nobody answers", "UCT-BATCH-011/told", (call, real) -> {
          try {
            return real.send(call);
          } catch (IOException e) {
            return WireFault.ACCEPTED;
          }
        }));
  }

  /** Keeps the first batch back until the second is sent. */
  private static final class SecondFirst implements WireFault {

    private final AtomicReference<HttpCall> first = new AtomicReference<>();

    @Override
    public HttpAnswer send(HttpCall call, HttpTransport real)
        throws IOException, InterruptedException {
      if (!isTableSpans(call)) {
        return real.send(call);
      }
      if (first.compareAndSet(null, call)) {
        return ACCEPTED;
      }
      real.send(call);
      return real.send(first.get());
    }
  }

  /** Sends all that waits after each call. */
  private static final class FlushesAlways extends FaultySubject.Wrapped {
    FlushesAlways(Session sound) {
      super(sound);
    }

    @Override
    public Map<String, SpanIds> emit(List<SpanSpec> spans) {
      Map<String, SpanIds> refs = sound.emit(spans);
      sound.flush(Duration.ofSeconds(5));
      return refs;
    }
  }
}
