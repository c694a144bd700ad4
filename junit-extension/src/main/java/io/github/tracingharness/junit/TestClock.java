package io.github.tracingharness.junit;

import io.opentelemetry.sdk.common.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The clock of a pipeline: the system's until the test asks for one to move by hand. */
final class TestClock implements Clock {

  private volatile @Nullable ManualClock manual;

  /** Stops the time, at a full millisecond because traces are stored so. */
  synchronized ManualClock manual() {
    ManualClock clock = manual;
    if (clock == null) {
      clock = new ManualClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
      manual = clock;
    }
    return clock;
  }

  @Override
  public long now() {
    return current().now();
  }

  @Override
  public long nanoTime() {
    return current().nanoTime();
  }

  private Clock current() {
    ManualClock clock = manual;
    return clock == null ? Clock.getDefault() : clock;
  }
}
