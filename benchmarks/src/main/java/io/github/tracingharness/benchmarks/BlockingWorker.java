package io.github.tracingharness.benchmarks;

import java.util.concurrent.BlockingQueue;

/** A queue of the JDK and a thread that takes from it. */
final class BlockingWorker implements TaskQueue {

  private final BlockingQueue<Runnable> queue;
  private final Thread worker = new Thread(this::serve, "worker");

  private BlockingWorker(BlockingQueue<Runnable> queue) {
    this.queue = queue;
  }

  static TaskQueue start(BlockingQueue<Runnable> queue) {
    BlockingWorker started = new BlockingWorker(queue);
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
    worker.interrupt();
  }

  private void serve() {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
