package io.github.tracingharness.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

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
  private final Thread thread;
  private long last;
  private volatile boolean stopped;

  /**
   * A time in which the harness did not run.
   *
   * @param at its start by {@link System#nanoTime()}
   * @param ms its length in milliseconds
   */
  record Gap(long at, long ms) {}

  /** A heart that waits to be beaten. */
  Heartbeat(LongSupplier clock, LongConsumer sleep) {
    this.clock = clock;
    this.sleep = sleep;
    this.last = clock.getAsLong();
    this.thread = new Thread(this::beatUntilStopped, "heartbeat");
    thread.setDaemon(true);
  }

  /** Returns a heart that beats. */
  static Heartbeat start() {
    return new Heartbeat(System::nanoTime, LockSupport::parkNanos).started();
  }

  /** Lets it beat on a thread of its own. */
  Heartbeat started() {
    thread.start();
    return this;
  }

  /** Whether it can still tell gaps. */
  boolean isAlive() {
    return thread.getState() != Thread.State.TERMINATED;
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
