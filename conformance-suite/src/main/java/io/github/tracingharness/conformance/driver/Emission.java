package io.github.tracingharness.conformance.driver;

import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One {@code emit}: a list of spans, made once by the calling thread or several times by several
 * threads.
 *
 * @param refs ids by ref; with concurrency, refs have the suffix {@code #<n>}
 * @param callerMaxNanos longest time of one repetition
 * @param callerTotalNanos from the first start to the last end
 */
record Emission(Map<String, SpanIds> refs, long callerMaxNanos, long callerTotalNanos) {

  static Emission run(Session session, List<SpanSpec> specs, int threads, int repeat) {
    return threads == 0 ? once(session, specs) : concurrent(session, specs, threads, repeat);
  }

  private static Emission once(Session session, List<SpanSpec> specs) {
    long start = System.nanoTime();
    Map<String, SpanIds> refs = session.emit(specs);
    long took = System.nanoTime() - start;
    return new Emission(refs, took, took);
  }

  private static Emission concurrent(
      Session session, List<SpanSpec> specs, int threads, int repeat) {
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    Map<String, SpanIds> refs = new LinkedHashMap<>();
    long[] longest = new long[threads];
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    Thread[] workers = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      int thread = t;
      workers[t] = new Thread(
          () -> {
            try {
              start.await();
              for (int r = 0; r < repeat; r++) {
                long before = System.nanoTime();
                Map<String, SpanIds> made = session.emit(specs);
                longest[thread] = Math.max(longest[thread], System.nanoTime() - before);
                String suffix = "#" + (thread * repeat + r);
                synchronized (refs) {
                  made.forEach((ref, ids) -> refs.put(ref + suffix, ids));
                }
              }
            } catch (InterruptedException | BrokenBarrierException e) {
              Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
              failure.compareAndSet(null, e);
            }
          },
          "emit-" + t);
      workers[t].start();
    }
    long begun = System.nanoTime();
    try {
      start.await();
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + threads + " threads emitted", e);
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
    long max = 0;
    for (long each : longest) {
      max = Math.max(max, each);
    }
    return new Emission(refs, max, System.nanoTime() - begun);
  }
}
