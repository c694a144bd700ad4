package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;

/** An export queue with one worker, for benchmarks. */
public final class ExportQueueAccess {

  private final ExportQueue queue;

  /** Starts a queue that has room for a number of tasks. */
  public ExportQueueAccess(int capacity) {
    queue = new ExportQueue(new QueueLimits(capacity, 1));
  }

  /** Offers a task; returns false at once if the queue is full. */
  public boolean offer(Runnable work) {
    return queue.offer(new Work(work)) == ExportQueue.Offer.ACCEPTED;
  }

  /** Ends the worker; tasks that wait are not run. */
  public void close() {
    boolean unused = queue.close(Deadline.now());
  }

  private record Work(Runnable work) implements ExportQueue.Task {

    @Override
    public void run(CallScope scope) {
      work.run();
    }

    @Override
    public void drop(DropReason reason) {
      // Happens at the end of a run only.
    }
  }
}
