package io.github.tracingharness.junit;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.junit.assertions.Exports;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The traces that the server of one test has stored. Every method that waits first flushes the
 * test's pipeline, then waits until the server has the traces completely: the trace info and all
 * spans.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1.0
 */
public final class Traces {

  private static final Comparator<StoredTrace> OLDEST_FIRST = Comparator.comparingLong(
          (StoredTrace trace) ->
              trace.spans().stream().mapToLong(StoredSpan::startNanos).min().orElse(0))
      .thenComparing(StoredTrace::traceId);

  private final Backend backend;
  private final MlflowTracing tracing;
  private final Warnings warnings;
  private final Duration deadline;

  Traces(Backend backend, MlflowTracing tracing, Warnings warnings, Duration deadline) {
    this.backend = backend;
    this.tracing = tracing;
    this.warnings = warnings;
    this.deadline = deadline;
  }

  /** Returns the same traces with another deadline; the default is 5 s. */
  public Traces within(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit must be positive, not " + limit);
    }
    return new Traces(backend, tracing, warnings, limit);
  }

  /**
   * Waits for exactly one complete trace.
   *
   * @throws AssertionError if there is another number of them at the deadline
   */
  public StoredTrace awaitTrace() {
    return awaitTraces(1).get(0);
  }

  /**
   * Waits for a complete trace whose root has a name, and returns the oldest such.
   *
   * @throws AssertionError if there is none at the deadline
   */
  public StoredTrace awaitTrace(String rootName) {
    Objects.requireNonNull(rootName, "rootName");
    return awaitTrace(
        "whose root is \"" + rootName + "\"",
        trace -> trace.root().filter(root -> root.name().equals(rootName)).isPresent());
  }

  /**
   * Waits for a complete trace that fulfils a condition, and returns the oldest such.
   *
   * @throws AssertionError if there is none at the deadline
   */
  public StoredTrace awaitTrace(Predicate<? super StoredTrace> where) {
    return awaitTrace("that fulfils the condition", Objects.requireNonNull(where, "where"));
  }

  /**
   * Waits for a number of complete traces.
   *
   * @return the traces, oldest first
   * @throws AssertionError if there are fewer at the deadline or more after the flush; the message
   *     shows what arrived and which calls the server saw
   */
  public List<StoredTrace> awaitTraces(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, but is " + count);
    }
    long end = System.nanoTime() + deadline.toNanos();
    FlushResult flushed = tracing.flush(deadline);
    List<StoredTrace> found = waitFor(count, end);
    if (found.size() != count) {
      throw failure(
          "expected " + count + " complete " + (count == 1 ? "trace" : "traces") + " within "
              + deadline.toMillis() + " ms, but there " + (found.size() == 1 ? "is " : "are ")
              + found.size(),
          flushed);
    }
    return found;
  }

  /** Returns the complete traces that are there now, oldest first, without flushing or waiting. */
  public List<StoredTrace> traces() {
    return backend.traces().stream().sorted(OLDEST_FIRST).toList();
  }

  /**
   * Flushes and returns what was delivered, for {@code assertThat(traces.exports())}.
   *
   * @see io.github.tracingharness.junit.assertions.ExportsAssert
   */
  public Exports exports() {
    FlushResult unused = tracing.flush(deadline);
    return Exports.read(backend.calls(), tracing.stats());
  }

  /**
   * Flushes and returns what went wrong since the last call, in words: traces and spans that were
   * dropped, calls that the server refused although no fault asked for it, and defects of the fake
   * server. A {@linkplain TracingConfig#strict() strict} test fails for those that it did not ask
   * for, and also for traces that are not delivered at its end, faults that were never played and,
   * unless tests run in parallel, threads that it left behind.
   */
  public List<String> warnings() {
    FlushResult unused = tracing.flush(deadline);
    return warnings.take();
  }

  /** Describes pipeline, stored traces and recorded calls, as failure messages do. */
  public String describe() {
    return TestPicture.of(backend, tracing.stats(), traces());
  }

  private StoredTrace awaitTrace(String what, Predicate<? super StoredTrace> where) {
    long end = System.nanoTime() + deadline.toNanos();
    FlushResult flushed = tracing.flush(deadline);
    int seen = 0;
    while (true) {
      List<StoredTrace> found = waitFor(seen, end);
      for (StoredTrace trace : found) {
        if (where.test(trace)) {
          return trace;
        }
      }
      if (found.size() < seen || System.nanoTime() - end >= 0) {
        throw failure(
            "expected a complete trace " + what + " within " + deadline.toMillis()
                + " ms, but there is none",
            flushed);
      }
      seen = found.size() + 1;
    }
  }

  /** Returns at least so many traces, or those that are there at the end. */
  private List<StoredTrace> waitFor(int count, long end) {
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return backend.awaitTraces(count, left).stream().sorted(OLDEST_FIRST).toList();
  }

  private AssertionError failure(String expectation, FlushResult flushed) {
    TracingStats stats = tracing.stats();
    return new AssertionError(expectation + "\n  flush: " + flushed.status() + "\n"
        + TestPicture.of(backend, stats, traces()));
  }
}
