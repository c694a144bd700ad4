package io.github.tracingharness.junit;

import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredTrace;
import java.util.List;

/** Describes what a failed test had: pipeline, stored traces, calls, defects of the fake server. */
final class TestPicture {

  static final String CALLS = "  calls that the server saw: ";

  private static final int MAX_CALLS = 50;
  private static final int MAX_TRACES = 20;

  private TestPicture() {}

  static String of(Backend backend, TracingStats stats, List<StoredTrace> traces) {
    StringBuilder text = new StringBuilder("  ");
    text.append(account(stats));
    text.append("\n  complete traces on the server: ").append(orNone(traces.size()));
    traces.stream()
        .limit(MAX_TRACES)
        .forEach(
            trace -> text.append("\n").append(TracePicture.of(trace).indent(4).stripTrailing()));
    appendCalls(text, backend.calls());
    backend.failures().forEach(failure -> text.append("\n  ").append(failure));
    return text.toString();
  }

  /** Says in one line what became of everything that was traced. */
  static String account(TracingStats stats) {
    return "pipeline: traces " + counts(stats.traces()) + ", spans " + counts(stats.spans()) + ", "
        + stats.retried() + " requests retried";
  }

  private static void appendCalls(StringBuilder text, List<RecordedCall> calls) {
    text.append("\n").append(CALLS).append(orNone(calls.size()));
    int skipped = Math.max(0, calls.size() - MAX_CALLS);
    if (skipped > 0) {
      text.append("\n    (the first ").append(skipped).append(" are left out)");
    }
    calls.stream().skip(skipped).forEach(call -> text.append("\n    ").append(call));
  }

  private static String counts(Counts counts) {
    return counts.created() + " created = " + counts.delivered() + " delivered + "
        + counts.droppedInAll() + " dropped"
        + (counts.dropped().isEmpty() ? "" : " " + counts.dropped()) + " + " + counts.pending()
        + " pending";
  }

  private static String orNone(int count) {
    return count == 0 ? "none" : Integer.toString(count);
  }
}
