package io.github.tracingharness.junit;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. A test that takes it as a parameter gets the
 * clock of its own pipeline: spans that start afterwards have exactly the times that the test says.
 *
 * <pre>{@code
 * @Test
 * void answer_isTimed(MlflowTracer tracer, ManualClock clock, Traces traces) {
 *   tracer.trace("answer", () -> clock.advance(Duration.ofMillis(250)));
 *
 *   assertThat(traces.awaitTrace()).hasDuration(Duration.ofMillis(250));
 * }
 * }</pre>
 *
 * <p>Only the times of spans come from it; retries, time limits and the server go by the time of
 * the machine. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManualClock implements Clock {

  private final long startNanos;
  private final AtomicLong elapsed = new AtomicLong();

  /** Creates a clock that stands at a moment. */
  public ManualClock(Instant start) {
    startNanos = Math.addExact(
        Math.multiplyExact(start.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), start.getNano());
  }

  /**
   * Moves the clock.
   *
   * @param step how far; not negative, spans cannot go back
   */
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("step must not be negative, but is " + step);
    }
    elapsed.addAndGet(step.toNanos());
  }

  /** Returns the nanoseconds since 1970. */
  @Override
  public long now() {
    return startNanos + elapsed.get();
  }

  /** Returns the nanoseconds since the clock was made. */
  @Override
  public long nanoTime() {
    return elapsed.get();
  }
}
