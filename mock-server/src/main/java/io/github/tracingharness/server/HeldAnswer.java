package io.github.tracingharness.server;

import java.time.Duration;
import java.util.Objects;

/**
 * Holds calls back until a test lets them go: the barrier that replaces sleeps.
 *
 * <p>A held call has arrived completely and is in no way handled yet. After the release it goes on
 * with the real answer, or with the fault given to {@link Fault#hold(Fault)}. A handle that was
 * released holds no later call.
 *
 * <p>Up to {@value FakeTrackingServer#MAX_CONCURRENT_CALLS} calls of a server can be held at a
 * time.
 *
 * @since 0.1.0
 */
public final class HeldAnswer implements Fault {

  private final Object lock = new Object();
  private final Fault next;
  private int arrived;
  private int waiting;
  private int permits;
  private boolean released;

  HeldAnswer(Fault next) {
    this.next = DrawnFault.requireLate(Objects.requireNonNull(next, "next"));
  }

  /** Lets go all calls that are held and all that will come. */
  public void release() {
    synchronized (lock) {
      released = true;
      lock.notifyAll();
    }
  }

  /**
   * Lets go a number of calls, the next ones to come included if fewer are held.
   *
   * @param calls how many; positive
   */
  public void release(int calls) {
    if (calls <= 0) {
      throw new IllegalArgumentException("calls must be positive, not " + calls);
    }
    synchronized (lock) {
      permits += calls;
      lock.notifyAll();
    }
  }

  /**
   * Waits until calls have arrived here, held still or let go already.
   *
   * @param calls how many in all
   * @param deadline how long to wait at most
   * @return true if that many arrived in time
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean awaitArrival(int calls, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      while (arrived < calls) {
        long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        lock.wait(leftMillis);
      }
      return true;
    }
  }

  /**
   * Counts the calls that are held now.
   *
   * @return the number of calls between arrival and release
   */
  public int held() {
    synchronized (lock) {
      return waiting;
    }
  }

  Fault next() {
    return next;
  }

  /**
   * Takes a call in without blocking a thread here: for servers that watch their client while they
   * hold its call.
   *
   * @return the place of the call; leave it when the call goes on or its client is gone
   */
  public Place enter() {
    synchronized (lock) {
      arrived++;
      waiting++;
      lock.notifyAll();
    }
    return new Place();
  }

  /** The place of one call that is held, see {@link #enter}. For one thread. */
  public final class Place {

    private boolean passed;

    private Place() {}

    /**
     * Asks whether the call may go on; a release of a number of calls is used up by the first yes.
     *
     * @return true once the call is let go
     */
    public boolean mayPass() {
      synchronized (lock) {
        if (!passed && (released || permits > 0)) {
          passed = true;
          permits -= released ? 0 : 1;
        }
        return passed;
      }
    }

    /** Ends the call's stay. */
    public void leave() {
      synchronized (lock) {
        waiting--;
      }
    }
  }

  /** Blocks the call's thread. An interrupt, as at the end of the server, counts as release. */
  void hold() {
    synchronized (lock) {
      arrived++;
      waiting++;
      lock.notifyAll();
      try {
        while (!released && permits == 0) {
          lock.wait();
        }
        if (!released) {
          permits--;
        }
      } catch (InterruptedException serverStops) {
        Thread.currentThread().interrupt();
      } finally {
        waiting--;
      }
    }
  }
}
