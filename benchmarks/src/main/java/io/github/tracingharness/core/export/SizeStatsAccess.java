package io.github.tracingharness.core.export;

import io.github.tracingharness.core.trace.Trace;

/** The size statistics of a trace, for benchmarks. */
public final class SizeStatsAccess {

  private SizeStatsAccess() {}

  /** Returns the trace with its size statistics. */
  public static Trace addTo(Trace trace) {
    return SizeStats.addTo(trace);
  }
}
