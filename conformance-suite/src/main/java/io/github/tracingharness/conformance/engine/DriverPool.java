package io.github.tracingharness.conformance.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Gives out ready drivers. Where a process serves one session only, the next ones are started while
 * the current cases run, because the start of a real SDK takes seconds.
 */
final class DriverPool implements AutoCloseable {

  private final Subject subject;
  private final int ahead;
  private final ExecutorService starters;
  private final Deque<ReadyDriver> idle = new ArrayDeque<>();
  private final Deque<Future<ReadyDriver>> starting = new ArrayDeque<>();
  private int wanted;

  /**
   * Starts with one driver that is already there.
   *
   * @param first gives the capabilities, and serves the first case
   * @param ahead how many processes may be started before they are needed
   * @param wanted how many cases will ask
   */
  DriverPool(Subject subject, ReadyDriver first, int ahead, int wanted) {
    this.subject = subject;
    this.ahead =
        first.capabilities().oneSession() && subject.kind() == Subject.Kind.PROCESS ? ahead : 0;
    this.wanted = wanted;
    this.starters = Executors.newFixedThreadPool(Math.max(1, ahead), task -> {
      Thread thread = new Thread(task, "driver-starter");
      thread.setDaemon(true);
      return thread;
    });
    idle.add(first);
    synchronized (this) {
      startAhead();
    }
  }

  /** Returns a ready driver; waits for one that is being started. */
  ReadyDriver take() throws IOException, InterruptedException {
    Future<ReadyDriver> next;
    synchronized (this) {
      wanted--;
      @Nullable ReadyDriver ready = idle.poll();
      if (ready != null) {
        startAhead();
        return ready;
      }
      next = starting.isEmpty() ? start() : starting.remove();
      startAhead();
    }
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("a driver could not be started", e.getCause());
    }
  }

  /** Takes back a driver that can serve another case. */
  synchronized void giveBack(ReadyDriver driver) {
    idle.add(driver);
  }

  /** Returns a driver that has served no case. */
  ReadyDriver takeNew() throws IOException {
    return ReadyDriver.start(subject);
  }

  private void startAhead() {
    while (starting.size() < Math.min(ahead, wanted - idle.size())) {
      starting.add(start());
    }
  }

  private Future<ReadyDriver> start() {
    return starters.submit(() -> ReadyDriver.start(subject));
  }

  @Override
  public void close() {
    Deque<Future<ReadyDriver>> left;
    synchronized (this) {
      idle.forEach(ReadyDriver::close);
      idle.clear();
      left = new ArrayDeque<>(starting);
      starting.clear();
    }
    for (Future<ReadyDriver> each : left) {
      try {
        each.get().close();
      } catch (ExecutionException e) {
        // It never started, so there is nothing to end.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    starters.shutdownNow();
  }
}
