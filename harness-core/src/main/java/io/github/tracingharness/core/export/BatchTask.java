package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;

/**
 * The task of a batch, and what is done when it waits no longer, and when it is settled and needs
 * the batch no more.
 */
final class BatchTask implements ExportQueue.Task {

  private final ExportQueue.Task task;
  private final Runnable begun;
  private final Runnable settled;
  private boolean waits = true;

  BatchTask(ExportQueue.Task task, Runnable begun, Runnable settled) {
    this.task = task;
    this.begun = begun;
    this.settled = settled;
  }

  /** One that throws is not settled yet, and dropped by the same thread. */
  @Override
  public void run(CallScope scope) {
    begin();
    task.run(scope);
    settled.run();
  }

  @Override
  public void drop(DropReason reason) {
    begin();
    try {
      task.drop(reason);
    } finally {
      settled.run();
    }
  }

  private void begin() {
    if (waits) {
      waits = false;
      begun.run();
    }
  }
}
