package io.github.tracingharness.benchmarks;

import java.util.Queue;

/**
 * A queue without any way to wait and a thread that asks it again and again, giving way to others
 * in between: what a hand-over costs at least, at the price of a whole core.
 */
@SuppressWarnings("ThreadPriorityCheck") // Without it a worker on a busy machine starves producers.
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
    while (!closed) {
      Runnable task = queue.poll();
      if (task == null) {
        Thread.yield();
      } else {
        task.run();
      }
    }
  }
}
