package io.github.tracingharness.conformance.cli;

import java.util.ArrayList;
import java.util.List;

/** Threads that only burn time, so that everything else has to share its cores with them. */
final class BusyLoops implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  private BusyLoops() {}

  /** Starts that many for each core; none for 0. */
  static BusyLoops start(int perCore) {
    BusyLoops loops = new BusyLoops();
    int all = perCore * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < all; i++) {
      Thread thread = new Thread(loops::burn, "busy-loop-" + i);
      thread.setDaemon(true);
      thread.start();
      loops.threads.add(thread);
    }
    return loops;
  }

  int count() {
    return threads.size();
  }

  private void burn() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  /** Ends them and waits until they have ended. */
  @Override
  public void close() {
    ended = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
