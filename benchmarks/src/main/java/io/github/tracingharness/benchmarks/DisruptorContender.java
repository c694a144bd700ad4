package io.github.tracingharness.benchmarks;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;

/**
 * The Disruptor for many producers and one consumer. The consumer spins, yields and then sleeps as
 * long as the worker of jctools does, so no producer ever wakes it. A place is free again when all
 * the tasks are done that the consumer saw at once, not when a task is taken.
 */
final class DisruptorContender implements TaskQueue {

  private final Disruptor<Place> disruptor = new Disruptor<>(
      Place::new,
      CAPACITY,
      DaemonThreadFactory.INSTANCE,
      ProducerType.MULTI,
      new SleepingWaitStrategy(Backoff.SPINS, Backoff.PARK_NANOS));
  private final RingBuffer<Place> places;

  DisruptorContender() {
    disruptor.handleEventsWith((place, sequence, endOfBatch) -> place.task.run());
    places = disruptor.start();
  }

  private static final class Place {

    private Runnable task = () -> {};
  }

  @Override
  public boolean offer(Runnable task) {
    return places.tryPublishEvent((place, sequence, offered) -> place.task = offered, task);
  }

  @Override
  public void close() {
    disruptor.halt();
  }
}
