package io.github.tracingharness.benchmarks;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Only counts what it takes. */
final class CountingExporter extends InstantExporter {

  private final LongAdder spans = new LongAdder();

  long spans() {
    return spans.sum();
  }

  @Override
  void take(Collection<SpanData> batch) {
    spans.add(batch.size());
  }
}
