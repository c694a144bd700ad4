package io.github.tracingharness.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pipeline and two threads that end spans as long as fewer than 800 are under way, so that it is
 * never idle and has room for a burst of 100 beside them.
 */
final class SpanLoad {

  private static final int THREADS = 2;
  private static final int MOST_UNDER_WAY = 800;

  private final Arrivals arrivals = new Arrivals();
  private final SpanPipeline pipeline;
  private final AtomicLong begun = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> producers = new ArrayList<>();
  private volatile boolean stopped;

  private SpanLoad(String name) {
    pipeline = SpanPipeline.create(name, arrivals.server(), arrivals.exporter());
  }

  /** Starts the pipeline of a name, see {@link SpanPipeline#create}, and the threads. */
  static SpanLoad start(String name) {
    SpanLoad load = new SpanLoad(name);
    for (int i = 0; i < THREADS; i++) {
      load.producers.add(load.threads.submit(load::produce));
    }
    return load;
  }

  SpanPipeline pipeline() {
    return pipeline;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /** Ends the threads and the pipeline; fails if one of the threads has failed. */
  void stop() throws ExecutionException, InterruptedException {
    stopped = true;
    threads.shutdown();
    for (Future<?> producer : producers) {
      producer.get();
    }
    pipeline.close();
  }

  private void produce() {
    Backoff backoff = new Backoff();
    while (!stopped) {
      if (begun.get() - arrivals.others() < MOST_UNDER_WAY) {
        begun.incrementAndGet();
        pipeline.oneSpan();
        backoff.reset();
      } else {
        backoff.pause();
      }
    }
  }
}
