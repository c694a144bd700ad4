package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;

/** A task with large spans, which count among what waits until it is settled. */
final class CountedTask implements ExportQueue.Task {

  private final ExportQueue.Task task;
  private final WaitingSize sizes;
  private long size;

  private CountedTask(ExportQueue.Task task, WaitingSize sizes, long size) {
    this.task = task;
    this.sizes = sizes;
    this.size = size;
  }

  /** Returns the task itself if nothing is counted for it. */
  static ExportQueue.Task of(ExportQueue.Task task, WaitingSize sizes, long size) {
    return size == 0 ? task : new CountedTask(task, sizes, size);
  }

  @Override
  public void run(CallScope scope) {
    try {
      task.run(scope);
    } finally {
      settled();
    }
  }

  @Override
  public void drop(DropReason reason) {
    try {
      task.drop(reason);
    } finally {
      settled();
    }
  }

  /** A task that threw is dropped too, by the same thread. */
  private void settled() {
    sizes.remove(size);
    size = 0;
  }
}
