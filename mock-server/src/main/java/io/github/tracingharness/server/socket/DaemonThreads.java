package io.github.tracingharness.server.socket;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a listener and its connections, so that its end can wait for theirs. Thread-safe.
 */
public final class DaemonThreads {

  private final Set<Thread> running = new HashSet<>();

  /** Makes a group without threads. */
  public DaemonThreads() {}

  /** Starts a daemon thread. */
  public void start(Runnable task, String name) {
    Thread thread = new Thread(
        () -> {
          try {
            task.run();
          } finally {
            synchronized (running) {
              running.remove(Thread.currentThread());
            }
          }
        },
        name);
    thread.setDaemon(true);
    synchronized (running) {
      thread.start();
      running.add(thread);
    }
  }

  /**
   * Waits until no thread runs, those included that others start meanwhile; does not wait for the
   * one that asks.
   */
  public void awaitEnd() {
    try {
      for (Thread thread = other(); thread != null; thread = other()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      // The threads end soon; who waits for this one is not kept.
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Thread other() {
    synchronized (running) {
      return running.stream()
          .filter(thread -> thread != Thread.currentThread())
          .findFirst()
          .orElse(null);
    }
  }
}
