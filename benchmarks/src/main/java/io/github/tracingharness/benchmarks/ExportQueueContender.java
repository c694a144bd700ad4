package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.export.ExportQueueAccess;

/** Our export queue. Unlike the peers it also counts what is under way, for its flush. */
final class ExportQueueContender implements TaskQueue {

  private final ExportQueueAccess queue = new ExportQueueAccess(CAPACITY);

  @Override
  public boolean offer(Runnable task) {
    return queue.offer(task);
  }

  @Override
  public void close() {
    queue.close();
  }
}
