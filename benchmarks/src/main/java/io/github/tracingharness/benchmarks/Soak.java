package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.export.OverloadPolicy;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends millions of spans through the asynchronous pipeline to a server that stalls and recovers,
 * and looks whether heap and threads stay as they are and every span is accounted for. Ends with
 * code 0 if so, else with 1.
 */
public final class Soak {

  private static final int PRODUCERS = 2;
  private static final int SPANS_PER_TRACE = 20;
  private static final int SAMPLES = 20;
  private static final Duration PATIENCE = Duration.ofMillis(2);
  private static final long FLAT_BYTES = 6L << 20;

  private final long wanted;
  private final StallingServer server = new StallingServer();
  private final AtomicLong made = new AtomicLong();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private record Sample(long spans, long heapAfterGc, int threads) {}

  private Soak(long wanted) {
    this.wanted = wanted / SPANS_PER_TRACE * SPANS_PER_TRACE;
  }

  /** Runs the soak; the argument is the number of spans. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(new Soak(Long.parseLong(arguments[0])).run());
  }

  private int run() throws InterruptedException {
    long begun = System.nanoTime();
    MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri("http://127.0.0.1:1")
        .experimentId("0")
        .asyncExport(true)
        .overloadPolicy(OverloadPolicy.block(PATIENCE))
        .transport(server)
        .build();
    AtomicLong traces = new AtomicLong(wanted / SPANS_PER_TRACE);
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      Thread producer = new Thread(() -> produce(tracing, traces), "producer-" + i);
      producer.start();
      producers.add(producer);
    }
    for (int sample = 1; sample <= SAMPLES; sample++) {
      awaitSpans(wanted * sample / SAMPLES, producers);
      sample();
    }
    for (Thread producer : producers) {
      producer.join();
    }
    FlushResult flushed = tracing.flush(Duration.ofMinutes(2));
    TracingStats stats = tracing.stats();
    tracing.close();
    System.out.println(stats);
    System.out.printf(
        Locale.ROOT,
        "server: %d spans, %d traces, %d stalls; flush: %s%n",
        server.spans(),
        server.traces(),
        server.stalls(),
        flushed.status());
    check(stats);
    faults.forEach(fault -> System.out.println("FAULT: " + fault));
    System.out.printf(
        Locale.ROOT,
        "%s in %d s%n",
        faults.isEmpty() ? "All as it should be" : faults.size() + " faults",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    return faults.isEmpty() ? 0 : 1;
  }

  private void produce(MlflowTracing tracing, AtomicLong left) {
    while (left.getAndDecrement() > 0) {
      LiveSpan root = tracing.tracer().spanBuilder("root").noParent().startDetachedSpan();
      root.setInputs("question");
      for (int i = 1; i < SPANS_PER_TRACE; i++) {
        tracing.tracer().spanBuilder("step").parent(root).startDetachedSpan().end();
      }
      root.setOutputs("answer").end();
      made.addAndGet(SPANS_PER_TRACE);
    }
  }

  private void awaitSpans(long count, List<Thread> producers) throws InterruptedException {
    while (made.get() < count && producers.stream().anyMatch(Thread::isAlive)) {
      producers.get(0).join(50);
    }
  }

  private void sample() {
    System.gc();
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage afterGc = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && afterGc != null) {
        heap += afterGc.getUsed();
      }
    }
    Sample sample =
        new Sample(made.get(), heap, ManagementFactory.getThreadMXBean().getThreadCount());
    samples.add(sample);
    System.out.printf(
        Locale.ROOT,
        "%,11d spans  %5.1f MiB after GC  %d threads%n",
        sample.spans(),
        sample.heapAfterGc() / 1048576.0,
        sample.threads());
  }

  private void check(TracingStats stats) {
    require(stats.spans().created() == wanted, "created spans: " + stats.spans().created());
    require(stats.spans().pending() == 0, "pending spans: " + stats.spans().pending());
    require(stats.traces().pending() == 0, "pending traces: " + stats.traces().pending());
    require(
        stats.spans().delivered() == server.spans(),
        "delivered " + stats.spans().delivered() + " spans, the server has " + server.spans());
    require(
        stats.traces().delivered() == server.traces(),
        "delivered " + stats.traces().delivered() + " traces, the server has " + server.traces());
    require(server.stalls() > 0, "the server never stalled");
    require(stats.spans().droppedInAll() > 0, "nothing was dropped while the server stalled");
    require(stats.spans().delivered() > wanted / 2, "more than half of the spans were dropped");
    // The first quarter warms up; after it the largest samples of both halves must be alike.
    List<Sample> warm = samples.subList(SAMPLES / 4, SAMPLES);
    List<Sample> early = warm.subList(0, warm.size() / 2);
    List<Sample> late = warm.subList(warm.size() / 2, warm.size());
    long before = early.stream().mapToLong(Sample::heapAfterGc).max().orElse(0);
    long after = late.stream().mapToLong(Sample::heapAfterGc).max().orElse(0);
    require(after <= before + FLAT_BYTES, "the heap grew from " + before + " to " + after);
    int threadsBefore = early.stream().mapToInt(Sample::threads).max().orElse(0);
    int threadsAfter = late.stream().mapToInt(Sample::threads).max().orElse(0);
    require(
        threadsAfter <= threadsBefore,
        "the threads grew from " + threadsBefore + " to " + threadsAfter);
  }

  private void require(boolean right, String fault) {
    if (!right) {
      faults.add(fault);
    }
  }
}
