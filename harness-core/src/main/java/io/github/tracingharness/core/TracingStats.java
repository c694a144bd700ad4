package io.github.tracingharness.core;

import io.github.tracingharness.core.export.ExportLedger.Counts;
import java.util.Objects;

/**
 * What became of everything that was traced. In both accounts created = delivered + dropped +
 * pending.
 *
 * @param traces traces whose root span was started in this process
 * @param spans spans that were started and recorded
 * @param retried requests that were sent again
 * @since 0.1.0
 */
public record TracingStats(Counts traces, Counts spans, long retried) {

  /** Checks that both accounts are there. */
  public TracingStats {
    Objects.requireNonNull(traces, "traces");
    Objects.requireNonNull(spans, "spans");
  }
}
