package io.github.tracingharness.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that wakes every 10 ms and notes when it did not, because the harness itself was
 * starved.
 */
final class Heartbeat implements AutoCloseable {

  private static final long BEAT_NANOS = 10_000_000L;

  /** A gap is noted from 100 ms. */
  private static final long GAP_NANOS = 100_000_000L;

  private final List<Gap> gaps = new ArrayList<>();
  private final LongSupplier clock;
  private final LongConsumer sleep;
  private final @Nullable Thread thread;
  private long last;
  private volatile boolean stopped;

  /**
   * A time in which the harness did not run.
   *
   * @param at its start by {@link System#nanoTime()}
   * @param ms its length in milliseconds
   */
  record Gap(long at, long ms) {}

  Heartbeat() {
    this.clock = System::nanoTime;
    this.sleep = LockSupport::parkNanos;
    this.last = clock.getAsLong();
    this.thread = new Thread(this::beatUntilStopped, "heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  /** A heart without a thread, for a test that beats it. */
  Heartbeat(LongSupplier clock, LongConsumer sleep) {
    this.clock = clock;
    this.sleep = sleep;
    this.last = clock.getAsLong();
    this.thread = null;
  }

  private void beatUntilStopped() {
    while (!stopped) {
      beat();
    }
  }

  /** Sleeps, and notes when that took too long. */
  void beat() {
    sleep.accept(BEAT_NANOS);
    long now = clock.getAsLong();
    if (now - last > GAP_NANOS) {
      synchronized (gaps) {
        gaps.add(new Gap(last, (now - last) / 1_000_000));
      }
    }
    last = now;
  }

  List<Gap> gapsSince(long nanoTime) {
    synchronized (gaps) {
      return gaps.stream()
          .filter(gap -> gap.at() + gap.ms() * 1_000_000 >= nanoTime)
          .toList();
    }
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
