package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements about the time from the end of one answer to the arrival of the next request. Lower
 * bounds allow for 2 % or 5 ms, whichever is more; upper bounds are left to cases that run alone.
 */
public final class Gaps {

  private static final double TOLERANCE = 0.02;
  private static final long LEAST_TOLERANCE_NANOS = 5_000_000;

  /** What a median ratio of two waits of an exponential back-off has at least. */
  private static final double GROWTH = 1.15;

  /** What the waits of a back-off with jitter differ by at least, as a part of their mean. */
  private static final double SPREAD = 0.05;

  private Gaps() {}

  /** The request after the n-th answer, from 1, came no sooner than after this time. */
  public static Check atLeast(int n, Duration wait) {
    return history -> {
      List<Exchange> requests = history.exchanges(Endpoints.OTLP_TRACES);
      String expected = "a request at least %d ms after answer %d".formatted(wait.toMillis(), n);
      if (requests.size() <= n) {
        return Finding.unmet(expected, "no such request", Finding.requests(history));
      }
      long gap = gap(requests.get(n - 1), requests.get(n));
      long tolerance = Math.max(LEAST_TOLERANCE_NANOS, (long) (wait.toNanos() * TOLERANCE));
      return gap >= wait.toNanos() - tolerance
          ? CheckResult.met("waited %s".formatted(millis(gap)))
          : Finding.unmet(expected, millis(gap), waits(history, requests));
    };
  }

  /**
   * The waits between the attempts grow, from the first to the last by a factor above 1.15 for each
   * on average; two neighbours may be turned by jitter. At least three waits are needed.
   */
  public static Check grow() {
    return history -> {
      List<Exchange> requests = history.exchanges(Endpoints.OTLP_TRACES);
      List<Long> gaps = gaps(requests);
      String expected = "waits that grow exponentially";
      if (gaps.size() < 3) {
        return Finding.unmet(
            expected,
            "%d waits, and three are needed".formatted(gaps.size()),
            waits(history, requests));
      }
      double first = Math.max(1, gaps.get(0));
      double perStep = Math.pow(gaps.get(gaps.size() - 1) / first, 1.0 / (gaps.size() - 1));
      String found = "a factor of %.2f for each".formatted(perStep);
      return perStep > GROWTH
          ? CheckResult.met(found)
          : Finding.unmet(expected, found, waits(history, requests));
    };
  }

  /** The waits after answers of this status differ by more than 5 % of their mean. */
  public static Check differAfter(int status) {
    return history -> {
      List<Exchange> requests = history.exchanges(Endpoints.OTLP_TRACES);
      List<Long> gaps = new ArrayList<>();
      for (int i = 1; i < requests.size(); i++) {
        if (requests.get(i - 1).status() == status) {
          gaps.add(gap(requests.get(i - 1), requests.get(i)));
        }
      }
      String expected = "waits that differ by more than 5 %";
      if (gaps.size() < 3) {
        return Finding.unmet(
            expected,
            "%d waits, and three are needed".formatted(gaps.size()),
            waits(history, requests));
      }
      double mean = gaps.stream().mapToLong(g -> g).average().orElse(1);
      long longest = gaps.stream().mapToLong(g -> g).max().orElse(0);
      long shortest = gaps.stream().mapToLong(g -> g).min().orElse(0);
      double spread = (longest - shortest) / mean;
      return spread > SPREAD
          ? CheckResult.met("a spread of %.0f %%".formatted(spread * 100))
          : Finding.unmet(
              expected, "a spread of %.1f %%".formatted(spread * 100), waits(history, requests));
    };
  }

  private static List<Long> gaps(List<Exchange> requests) {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < requests.size(); i++) {
      gaps.add(gap(requests.get(i - 1), requests.get(i)));
    }
    return gaps;
  }

  private static long gap(Exchange before, Exchange after) {
    return after.at() - before.answeredAt();
  }

  private static String waits(CaseHistory history, List<Exchange> requests) {
    return "waits of %s; %s"
        .formatted(gaps(requests).stream().map(Gaps::millis).toList(), Finding.requests(history));
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
