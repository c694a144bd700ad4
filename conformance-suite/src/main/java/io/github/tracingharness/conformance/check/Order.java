package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Statements about which request came before which, and after what time. */
public final class Order {

  private static final double CLOCK_TOLERANCE = 0.02;
  private static final long LEAST_TOLERANCE_NANOS = 5_000_000;

  private Order() {}

  /**
   * Every upload of {@code traces.json} arrives after the start-trace request of its trace was
   * answered 2xx.
   */
  public static Check uploadsAfterStart() {
    return history -> {
      List<Exchange> uploads = Requests.traceUploads().in(history);
      for (Exchange upload : uploads) {
        List<StartedTrace> started = StartedTrace.all(history).stream()
            .filter(t -> !t.traceId().isEmpty() && upload.path().contains(t.traceId()))
            .toList();
        if (started.stream()
            .noneMatch(t -> t.accepted() && t.exchange().answeredAt() <= upload.at())) {
          return Finding.unmet(
              "each upload of traces.json after its start-trace request was answered",
              "%s at %s ms".formatted(Finding.line(upload), millis(upload.at())),
              started.isEmpty()
                  ? "no start-trace request for it"
                  : "%s answered at %s ms"
                      .formatted(
                          Finding.line(started.get(0).exchange()),
                          millis(started.get(0).exchange().answeredAt())));
        }
      }
      return uploads.isEmpty()
          ? Finding.unmet(
              "an upload of traces.json after a start-trace request",
              "no upload",
              Finding.requests(history))
          : CheckResult.met(
              "%d uploads, each after its start-trace request".formatted(uploads.size()));
    };
  }

  /**
   * Between the answer to the n-th of these requests and the arrival of the next lies at least so
   * much time, less 2 % or 5 ms for the clock.
   *
   * @param n counts from 1
   */
  public static Check gapAfter(Requests requests, int n, Duration least) {
    return history -> {
      String expected = "at least %d ms from the answer to request %d to %s until the next"
          .formatted(least.toMillis(), n, requests.name());
      List<Exchange> found = requests.in(history);
      if (found.size() <= n) {
        return Finding.unmet(expected, Finding.lines(found), Finding.requests(history));
      }
      long gap = found.get(n).at() - found.get(n - 1).answeredAt();
      long tolerance = Math.max((long) (least.toNanos() * CLOCK_TOLERANCE), LEAST_TOLERANCE_NANOS);
      return gap >= least.toNanos() - tolerance
          ? CheckResult.met("%s ms".formatted(millis(gap)))
          : Finding.unmet(
              expected,
              "%s ms".formatted(millis(gap)),
              "%s, then %s".formatted(Finding.line(found.get(n - 1)), Finding.line(found.get(n))));
    };
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }
}
