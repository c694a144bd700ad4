package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Statements about how long a command took, and about how long a request was waited for. */
public final class Durations {

  private Durations() {}

  /** The n-th command of an operation, from 1, was answered within this time. */
  public static Check atMost(String op, int n, Duration limit) {
    return took(op, n, "at most " + limit.toMillis(), took -> took <= limit.toNanos());
  }

  /** The n-th command of an operation, from 1, was not answered before this time. */
  public static Check atLeast(String op, int n, Duration least) {
    return took(op, n, "at least " + least.toMillis(), took -> took >= least.toNanos());
  }

  /** Holds for a number of nanoseconds. */
  @FunctionalInterface
  private interface Bound {
    boolean holds(long nanos);
  }

  private static Check took(String op, int n, String words, Bound bound) {
    return history -> {
      String expected = "%s %d to take %s ms".formatted(op, n, words);
      Optional<Long> took = nanos(history, op, n);
      if (took.isEmpty()) {
        return Finding.unmet(expected, "no answer", Finding.requests(history));
      }
      String found = took.get() / 1_000_000 + " ms";
      return bound.holds(took.get())
          ? CheckResult.met("%s %d took %s".formatted(op, n, found))
          : Finding.unmet(expected, found, Finding.requests(history));
    };
  }

  private static Optional<Long> nanos(CaseHistory history, String op, int n) {
    List<Command> commands = history.commands(op);
    List<Reply> replies = history.replies(op);
    return commands.size() < n || replies.size() < n
        ? Optional.empty()
        : Optional.of(replies.get(n - 1).at() - commands.get(n - 1).at());
  }

  /**
   * The client gave the first request up, no sooner and no later than this after the request had
   * arrived.
   */
  public static Check firstRequestGivenUp(Duration least, Duration most) {
    return history -> {
      String expected = "the first request to be given up after %d to %d ms"
          .formatted(least.toMillis(), most.toMillis());
      List<Exchange> requests = history.exchanges(Endpoints.OTLP_TRACES);
      if (requests.isEmpty()) {
        return Finding.unmet(expected, "no request", Finding.requests(history));
      }
      Exchange first = requests.get(0);
      long gaveUp = first.wire() == null ? 0 : first.wire().gaveUpAt();
      if (gaveUp == 0) {
        return Finding.unmet(expected, "it was waited for to the end", Finding.line(first));
      }
      long waited = gaveUp - first.at();
      return waited >= least.toNanos() && waited <= most.toNanos()
          ? CheckResult.met("given up after %d ms".formatted(waited / 1_000_000))
          : Finding.unmet(
              expected, "after %d ms".formatted(waited / 1_000_000), Finding.line(first));
    };
  }
}
