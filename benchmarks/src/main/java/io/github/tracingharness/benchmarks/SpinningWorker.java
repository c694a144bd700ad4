package io.github.tracingharness.benchmarks;

import java.util.Queue;

/**
 * A queue without any way to wait and a thread that asks it again and again: what a hand-over costs
 * at least.
 */
final class SpinningWorker implements TaskQueue {

  private final Queue<Runnable> queue;
  private final Thread worker = new Thread(this::serve, "worker");
  private volatile boolean closed;

  private SpinningWorker(Queue<Runnable> queue) {
    this.queue = queue;
  }

  static TaskQueue start(Queue<Runnable> queue) {
    SpinningWorker started = new SpinningWorker(queue);
    started.worker.setDaemon(true);
    started.worker.start();
    return started;
  }

  @Override
  public boolean offer(Runnable task) {
    return queue.offer(task);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void serve() {
    Backoff backoff = new Backoff();
    while (!closed) {
      Runnable task = queue.poll();
      if (task == null) {
        backoff.pause();
      } else {
        backoff.reset();
        task.run();
      }
    }
  }
}
