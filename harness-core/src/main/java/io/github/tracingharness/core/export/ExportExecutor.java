package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.OverloadPolicy.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of all exporters of a pipeline: in synchronous mode on the thread that brings it,
 * in asynchronous mode on the threads of one bounded queue.
 */
public final class ExportExecutor {

  private final @Nullable ExportQueue queue;
  private final OverloadPolicy overload;
  private final WaitingSize waitingSize;
  private final DropWarning dropWarning;
  private final Settlement inline = new Settlement();
  private volatile boolean closed;

  private ExportExecutor(@Nullable QueueLimits limits) {
    this.queue = limits == null ? null : new ExportQueue(limits);
    this.overload = limits == null ? OverloadPolicy.dropNewest() : limits.overload();
    this.waitingSize =
        new WaitingSize(limits == null ? QueueLimits.DEFAULT_MAX_CHARS : limits.maxChars());
    this.dropWarning =
        new DropWarning(limits == null ? new QueueLimits(1, 1) : limits, System::nanoTime);
  }

  /** Creates an executor that works on the threads that bring the work. */
  public static ExportExecutor synchronous() {
    return new ExportExecutor(null);
  }

  /** Creates an executor that works on threads of its own. */
  public static ExportExecutor asynchronous(QueueLimits limits) {
    return new ExportExecutor(limits);
  }

  /** Waits until everything that was submitted before is settled; false if the time is over. */
  public boolean awaitSettled(Deadline deadline) {
    return inline.await(deadline) && (queue == null || queue.awaitSettled(deadline));
  }

  /**
   * Refuses further work, waits for the work that was accepted, and gives up what is left at the
   * deadline.
   */
  public boolean close(Deadline deadline) {
    closed = true;
    boolean inlineSettled = inline.await(deadline);
    boolean queueSettled = queue == null || queue.close(deadline);
    return inlineSettled && queueSettled;
  }

  /** Has workers ask a source for tasks when they have none. */
  void add(ExportQueue.Source source) {
    if (queue != null) {
      queue.add(source);
    }
  }

  /** Is told, again and again if need be, that a source is ready. */
  void sourceIsReady() {
    if (queue != null) {
      queue.sourceIsReady();
    }
  }

  /** Tells whether a task would find a place now. */
  boolean hasRoom() {
    return queue == null || queue.hasRoom();
  }

  /** Tells whether a task that does not wait would find no place now and be dropped for it. */
  boolean wouldDrop() {
    return overload.kind() == Kind.DROP_NEWEST && !hasRoom();
  }

  boolean isSynchronous() {
    return queue == null;
  }

  /**
   * Does a task in this thread, or has a worker do it; returns why it will not be done.
   *
   * @param deadline in synchronous mode the limit of the task's requests
   * @param patient whether to wait for room in the queue until the deadline; otherwise the overload
   *     policy says what is done without room
   */
  Optional<DropReason> submit(ExportQueue.Task task, Deadline deadline, boolean patient) {
    if (queue == null) {
      return runHere(task, deadline);
    }
    ExportQueue.Offer result = patient ? queue.offer(task, deadline) : offerOverload(queue, task);
    return switch (result) {
      case ACCEPTED -> Optional.empty();
      case FULL ->
        !patient && overload.kind() == Kind.CALLER_RUNS
            ? runHere(task, deadline)
            : Optional.of(DropReason.QUEUE_FULL);
      case CLOSED -> Optional.of(DropReason.SHUTDOWN);
    };
  }

  private ExportQueue.Offer offerOverload(ExportQueue target, ExportQueue.Task task) {
    ExportQueue.Offer result = target.offer(task);
    return result == ExportQueue.Offer.FULL && overload.kind() == Kind.BLOCK
        ? target.offer(task, Deadline.after(overload.patience()))
        : result;
  }

  /**
   * Does a task in this thread; returns why it will not be done.
   *
   * @param deadline the limit of the task's requests
   */
  Optional<DropReason> runHere(ExportQueue.Task task, Deadline deadline) {
    if (closed) {
      return Optional.of(DropReason.SHUTDOWN);
    }
    long number = inline.begin();
    try {
      task.run(CallScope.until(deadline));
    } finally {
      inline.end(number);
    }
    return Optional.empty();
  }

  WaitingSize waitingSize() {
    return waitingSize;
  }

  OverloadPolicy overload() {
    return overload;
  }

  void warnOfDrop(DropReason reason) {
    if (reason == DropReason.QUEUE_FULL) {
      dropWarning.dropped();
    }
  }

  void warnOfDroppedSpan(DropReason reason) {
    if (reason == DropReason.QUEUE_FULL) {
      dropWarning.droppedSpans(1);
    }
  }
}
