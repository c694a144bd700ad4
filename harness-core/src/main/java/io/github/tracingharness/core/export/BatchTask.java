package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;

/** The task of a batch, and what is done once it is settled and needs the batch no more. */
final class BatchTask implements ExportQueue.Task {

  private final ExportQueue.Task task;
  private final Runnable settled;

  BatchTask(ExportQueue.Task task, Runnable settled) {
    this.task = task;
    this.settled = settled;
  }

  /** One that throws is not settled yet, and dropped by the same thread. */
  @Override
  public void run(CallScope scope) {
    task.run(scope);
    settled.run();
  }

  @Override
  public void drop(DropReason reason) {
    try {
      task.drop(reason);
    } finally {
      settled.run();
    }
  }
}
