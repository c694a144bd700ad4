package io.github.tracingharness.benchmarks;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * A bounded queue of tasks with one worker that runs them, under measurement. All have room for the
 * same number of tasks.
 */
interface TaskQueue extends AutoCloseable {

  /** Room of every queue; a power of two, so that nothing is rounded. */
  int CAPACITY = 1024;

  /** Offers a task; returns false at once if the queue is full. */
  boolean offer(Runnable task);

  /** Ends the worker; tasks that wait are not run. */
  @Override
  void close();

  static TaskQueue create(String name) {
    return switch (name) {
      case "export queue" -> new ExportQueueContender();
      case "jctools MPSC" -> SpinningWorker.start(new MpscAtomicArrayQueue<>(CAPACITY));
      case "jctools MPMC" -> SpinningWorker.start(new MpmcAtomicArrayQueue<>(CAPACITY));
      case "Disruptor" -> new DisruptorContender();
      case "ArrayBlockingQueue" -> BlockingWorker.start(new ArrayBlockingQueue<>(CAPACITY));
      case "LinkedBlockingQueue" -> BlockingWorker.start(new LinkedBlockingQueue<>(CAPACITY));
      default -> throw new IllegalArgumentException("unknown queue \"" + name + "\"");
    };
  }
}
