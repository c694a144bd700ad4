package io.github.tracingharness.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that wakes every 10 ms and notes when it did not, because the harness itself was
 * starved.
 */
final class Heartbeat implements AutoCloseable {

  private static final long BEAT_NANOS = 10_000_000L;

  /** A gap is noted from 100 ms. */
  private static final long GAP_NANOS = 100_000_000L;

  private final List<Gap> gaps = new ArrayList<>();
  private final Thread thread = new Thread(this::beat, "heartbeat");
  private volatile boolean stopped;

  /**
   * A time in which the harness did not run.
   *
   * @param at its start by {@link System#nanoTime()}
   * @param ms its length in milliseconds
   */
  record Gap(long at, long ms) {}

  Heartbeat() {
    thread.setDaemon(true);
    thread.start();
  }

  private void beat() {
    long last = System.nanoTime();
    while (!stopped) {
      LockSupport.parkNanos(BEAT_NANOS);
      long now = System.nanoTime();
      if (now - last > GAP_NANOS) {
        synchronized (gaps) {
          gaps.add(new Gap(last, (now - last) / 1_000_000));
        }
      }
      last = now;
    }
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
