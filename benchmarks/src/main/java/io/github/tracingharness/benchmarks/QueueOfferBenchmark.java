package io.github.tracingharness.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time per task to bring tasks through a bounded queue to one worker. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class QueueOfferBenchmark {

  /** Tasks of one backlog; every queue that is empty has room for them. */
  static final int BACKLOG = 1000;

  /** Name of the queue, see {@link TaskQueue#create}. */
  @Param({
    "export queue",
    "jctools MPSC",
    "jctools MPMC",
    "Disruptor",
    "ArrayBlockingQueue",
    "LinkedBlockingQueue"
  })
  public String queue;

  private final AtomicLong done = new AtomicLong();
  private final Runnable task = done::incrementAndGet;
  private TaskQueue contender;

  /** Starts the queue and its worker. */
  @Setup
  public void startQueue() {
    contender = TaskQueue.create(queue);
  }

  /**
   * Offers a task, again and again while the queue is full: once it is full, producers are as fast
   * as the worker lets them be.
   */
  @Benchmark
  public void offer() {
    if (contender.offer(task)) {
      return;
    }
    Backoff backoff = new Backoff();
    while (!contender.offer(task)) {
      backoff.pause();
    }
  }

  /** Offers 1000 tasks and waits until the worker has done them all; to be run by one thread. */
  @Benchmark
  @OperationsPerInvocation(BACKLOG)
  public void offerAndDrain() {
    long target = done.get() + BACKLOG;
    for (int i = 0; i < BACKLOG; i++) {
      offer();
    }
    Backoff backoff = new Backoff();
    while (done.get() < target) {
      backoff.pause();
    }
  }

  /** Ends the worker. */
  @TearDown
  public void stopQueue() {
    contender.close();
  }
}
