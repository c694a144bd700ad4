package io.github.tracingharness.core.testing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives one trace id and a list of span ids. */
public final class FixedIds implements IdGenerator {

  private final String traceId;
  private final List<String> spanIds;
  private final AtomicInteger next = new AtomicInteger();

  public FixedIds(String traceId, String... spanIds) {
    this.traceId = traceId;
    this.spanIds = List.of(spanIds);
  }

  @Override
  public String generateSpanId() {
    return spanIds.get(next.getAndIncrement());
  }

  @Override
  public String generateTraceId() {
    return traceId;
  }
}
