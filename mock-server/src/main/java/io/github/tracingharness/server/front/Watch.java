package io.github.tracingharness.server.front;

import io.github.tracingharness.server.ConnectionEvent;
import io.github.tracingharness.server.ConnectionEvent.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What happened at a listener, and what is on its way. Thread-safe. */
public final class Watch {

  private static final int MAX_EVENTS = 10_000;

  private final Object lock = new Object();
  private final Deque<ConnectionEvent> events = new ArrayDeque<>();
  private int open;
  private int inFlight;
  private int mostInFlight;

  /** Makes a watch that has seen nothing. */
  public Watch() {}

  /** What happened, the newest {@value #MAX_EVENTS} events in order. */
  public List<ConnectionEvent> events() {
    synchronized (lock) {
      return new ArrayList<>(events);
    }
  }

  /** How many connections are open. */
  public int open() {
    synchronized (lock) {
      return open;
    }
  }

  /** How many connections have sent something and wait for the answer to begin. */
  public int inFlight() {
    synchronized (lock) {
      return inFlight;
    }
  }

  /** The highest number that {@link #inFlight} ever was. */
  public int mostInFlight() {
    synchronized (lock) {
      return mostInFlight;
    }
  }

  /**
   * Waits until something is so; it is asked after each change, in the lock of this watch.
   *
   * @return whether it became so in time
   */
  public boolean await(BooleanSupplier condition, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        lock.wait(leftMillis);
      }
      return true;
    }
  }

  void happened(Kind kind, int connection, int serverSide) {
    synchronized (lock) {
      if (kind == Kind.OPENED) {
        open++;
      } else if (kind == Kind.ENDED) {
        open--;
      }
      events.add(new ConnectionEvent(kind, connection, serverSide, System.nanoTime()));
      if (events.size() > MAX_EVENTS) {
        events.remove();
      }
      lock.notifyAll();
    }
  }

  void moreInFlight(int change) {
    synchronized (lock) {
      inFlight += change;
      mostInFlight = Math.max(mostInFlight, inFlight);
      lock.notifyAll();
    }
  }
}
