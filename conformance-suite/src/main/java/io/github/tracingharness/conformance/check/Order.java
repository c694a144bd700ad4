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
   * Every upload of {@code traces.json} arrives after an accepted start-trace request of its trace.
   */
  public static Check uploadsAfterStart() {
    return uploadsAfterStart(Duration.ZERO);
  }

  /**
   * Every upload of {@code traces.json} arrives after the answer to an accepted start-trace request
   * of its trace. The answer's own time is no bound, as the server notes it when the client may
   * have it already.
   *
   * @param serverTime the delay that the server was given for start-trace: the answer can not have
   *     been there before it was over
   */
  public static Check uploadsAfterStart(Duration serverTime) {
    return history -> {
      String expected =
          "each upload of traces.json to arrive after the answer to its start-trace request%s"
              .formatted(
                  serverTime.isZero() ? "" : ", which took %d ms".formatted(serverTime.toMillis()));
      List<Exchange> uploads = Requests.traceUploads().in(history);
      for (Exchange upload : uploads) {
        List<StartedTrace> started = StartedTrace.all(history).stream()
            .filter(t -> !t.traceId().isEmpty() && upload.path().contains(t.traceId()))
            .toList();
        if (started.stream()
            .noneMatch(
                t -> t.accepted() && t.exchange().at() + serverTime.toNanos() < upload.at())) {
          return Finding.unmet(
              expected,
              arrived(upload),
              started.isEmpty()
                  ? "no start-trace request for it"
                  : arrived(started.get(0).exchange()));
        }
      }
      return uploads.isEmpty()
          ? Finding.unmet(expected, "no upload", Finding.requests(history))
          : CheckResult.met(
              "%d uploads, each after its start-trace request".formatted(uploads.size()));
    };
  }

  private static String arrived(Exchange exchange) {
    return "%s, arrived at %s ms".formatted(Finding.line(exchange), millis(exchange.at()));
  }

  /**
   * From the n-th of these requests to the next lies at least so much time, less 2 % or 5 ms for
   * the clock. Arrivals are compared, since the server notes the time of an answer when the client
   * may have it already.
   *
   * @param n counts from 1
   */
  public static Check gapAfter(Requests requests, int n, Duration least) {
    return history -> {
      String expected = "at least %d ms from request %d to %s until the next"
          .formatted(least.toMillis(), n, requests.name());
      List<Exchange> found = requests.in(history);
      if (found.size() <= n) {
        return Finding.unmet(expected, Finding.lines(found), Finding.requests(history));
      }
      long gap = found.get(n).at() - found.get(n - 1).at();
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
