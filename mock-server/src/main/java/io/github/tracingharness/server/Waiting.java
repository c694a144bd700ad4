package io.github.tracingharness.server;

import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.state.SpanIngest;
import io.github.tracingharness.server.state.TraceEntry;
import java.time.Duration;
import java.util.List;

/** The messages of waits that ended without what was waited for. */
final class Waiting {

  private static final int SHOWN = 50;

  private Waiting() {}

  static AssertionError tooFewCalls(
      Endpoint endpoint,
      int atLeast,
      Duration deadline,
      List<RecordedCall> seen,
      List<HandlerFailure> failures) {
    long matching =
        seen.stream().filter(call -> endpoint.matches(call.endpoint())).count();
    StringBuilder message = new StringBuilder();
    message.append("expected at least %d finished call(s) of %s within %s, but there were %d"
        .formatted(atLeast, endpoint, text(deadline), matching));
    appendCalls(message, seen);
    appendFailures(message, failures);
    return new AssertionError(message.toString());
  }

  static AssertionError tooFewTraces(
      int atLeast,
      Duration deadline,
      List<TraceEntry> complete,
      List<TraceEntry> incomplete,
      List<RecordedCall> seen,
      List<HandlerFailure> failures) {
    StringBuilder message = new StringBuilder();
    message.append("expected at least %d complete trace(s) within %s, but there were %d"
        .formatted(atLeast, text(deadline), complete.size()));
    for (TraceEntry trace : incomplete.stream().limit(SHOWN).toList()) {
      boolean inCatalog = trace.location() instanceof TraceLocation.UnityCatalog;
      message.append("%n  incomplete: %s, %s %s, %d span(s) stored, %s announced"
          .formatted(
              trace.id(),
              inCatalog ? "info" : "start-trace",
              trace.infoStarted() ? "came" : "missing",
              trace.spans().size(),
              SpanIngest.announcedSpans(trace).map(String::valueOf).orElse("none")));
    }
    appendCalls(message, seen);
    appendFailures(message, failures);
    return new AssertionError(message.toString());
  }

  private static void appendCalls(StringBuilder message, List<RecordedCall> seen) {
    message.append("%n  calls seen: %s".formatted(seen.isEmpty() ? "none" : seen.size()));
    int skipped = Math.max(0, seen.size() - SHOWN);
    if (skipped > 0) {
      message.append("%n    (the first %d are left out)".formatted(skipped));
    }
    seen.stream().skip(skipped).forEach(call -> message.append("%n    %s".formatted(call)));
  }

  private static void appendFailures(StringBuilder message, List<HandlerFailure> failures) {
    failures.forEach(failure -> message.append("%n  %s".formatted(failure)));
  }

  private static String text(Duration deadline) {
    return deadline.toMillis() + " ms";
  }
}
