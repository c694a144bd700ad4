package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans that travel in batches are bounded by their size, from the batcher until they are sent. */
class LargeSpansTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long LIMIT = 100_000;
  private static final long LARGE = 40_000;
  private static final long SMALL = WaitingSize.LARGE - 1;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final Semaphore started = new Semaphore(0);
  private final Set<Thread> exporting = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicLong delivered = new AtomicLong();
  private final Map<DropReason, Long> dropped = new ConcurrentHashMap<>();

  /** What each delivery does beside waiting for the gate. */
  private volatile Runnable fault = () -> {};

  @AfterEach
  void close() throws Exception {
    gate.countDown();
    threads.shutdown();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /** Both large spans count, the one at work and the one that waits for its batch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void add_moreThanTheLimit_dropsTheNewestUntilOneIsSettled(int batch) throws Exception {
    ExportExecutor executor = executor(OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 100);
    batcher.add(LARGE);
    batcher.drain(Deadline.after(LONG));
    assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    batcher.add(LARGE);
    batcher.add(LARGE);
    batcher.add(SMALL);

    assertThat(dropped).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
    assertThat(executor.waitingSize().chars()).isEqualTo(2 * LARGE);
    gate.countDown();
    settle(batcher, executor);
    batcher.add(LARGE);
    settle(batcher, executor);

    assertThat(delivered).hasValue(4);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void add_singleSpanBeyondTheLimit_fits(int batch) {
    gate.countDown();
    ExportExecutor executor = executor(OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 100);
    batcher.add(5 * LIMIT);
    settle(batcher, executor);

    assertThat(delivered).hasValue(1);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void add_moreThanTheLimitAndBlock_waitsUntilSpansAreSettled(int batch) throws Exception {
    ExportExecutor executor = executor(OverloadPolicy.block(LONG));
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 100);
    batcher.add(LARGE);
    batcher.add(LARGE);
    Future<?> third = threads.submit(() -> batcher.add(LARGE));
    batcher.add(SMALL);
    assertThat(third.isDone()).isFalse();
    gate.countDown();
    third.get(60, TimeUnit.SECONDS);
    settle(batcher, executor);

    assertThat(delivered).hasValue(4);
    assertThat(dropped).isEmpty();
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @Test
  void add_moreThanTheLimitForTooLongAndBlock_drops() {
    ExportExecutor executor = executor(OverloadPolicy.block(Duration.ofMillis(20)));
    SpanBatcher<String, Long> batcher = batcher(executor, 2, 100);
    batcher.add(LARGE);
    batcher.add(LARGE);
    batcher.add(LARGE);

    assertThat(dropped).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
  }

  /** The queue has room, but what stood there would be too much. */
  @ParameterizedTest
  @CsvSource({"1, 2", "100, 1"})
  void add_moreThanTheLimitAndCallerRuns_exportsOnTheCallersThread(int batch, int deliveries)
      throws Exception {
    ExportExecutor executor = executor(OverloadPolicy.callerRuns());
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 100);
    batcher.add(LARGE);
    batcher.add(LARGE);
    Thread caller = new Thread(() -> batcher.add(LARGE));
    caller.start();
    assertThat(started.tryAcquire(deliveries, 60, TimeUnit.SECONDS)).isTrue();
    assertThat(exporting).contains(caller);
    assertThat(executor.waitingSize().chars()).isEqualTo(2 * LARGE);
    gate.countDown();
    caller.join(60_000);
    settle(batcher, executor);

    assertThat(delivered).hasValue(3);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @Test
  void add_noPlaceForTheSpan_doesNotCountItsSize() throws Exception {
    ExportExecutor executor = executor(1, OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = batcher(executor, 2, 3);
    batcher.add(SMALL);
    batcher.drain(Deadline.after(LONG));
    assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    batcher.add(SMALL);
    batcher.drain(Deadline.after(LONG));
    // One task is at work and one in the queue, and there is room for two more spans.
    batcher.add(SMALL);
    batcher.add(SMALL);
    batcher.add(LARGE);

    assertThat(dropped).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fault_ofADelivery_countsItsSizeNoLonger(boolean error) {
    gate.countDown();
    fault = () -> {
      if (error) {
        throw new StackOverflowError("a fault of the exporter");
      }
      throw new IllegalStateException("a fault of the exporter");
    };
    ExportExecutor executor = executor(OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = batcher(executor, 2, 100);
    batcher.add(LARGE);
    batcher.add(LARGE);
    settle(batcher, executor);

    assertThat(dropped).isEqualTo(Map.of(DropReason.INTERNAL_ERROR, 2L));
    assertThat(executor.waitingSize().chars()).isZero();
  }

  /** Such a task is run and dropped. */
  @Test
  void run_taskThatThrows_isCountedNoLonger() {
    ExportExecutor executor = executor(OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = SpanBatcher.toSeveral(
        new BatchLimits(2, Duration.ofHours(1), 100),
        executor,
        span -> "d",
        span -> span,
        (destination, spans) -> new ExportQueue.Task() {
          @Override
          public void run(CallScope scope) {
            throw new IllegalStateException("a fault of the task");
          }

          @Override
          public void drop(DropReason reason) {
            LargeSpansTest.this.drop(reason, spans.size());
          }
        });
    opened.add(0, () -> batcher.close(Deadline.after(LONG)));
    batcher.add(LARGE);
    batcher.add(LARGE);
    settle(batcher, executor);

    assertThat(dropped).isEqualTo(Map.of(DropReason.INTERNAL_ERROR, 2L));
    assertThat(executor.waitingSize().chars()).isZero();
  }

  /** Some are at work, some in the queue, some wait for their batch, and some come afterwards. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void close_noTimeForWhatWaits_countsNothingAfterwards(int batch) throws Exception {
    ExportExecutor executor = executor(OverloadPolicy.dropNewest());
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 100);
    int spans = 11;
    for (int i = 0; i < spans; i++) {
      batcher.add((long) WaitingSize.LARGE);
    }
    batcher.drain(Deadline.now());
    assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    batcher.close(Deadline.now());
    batcher.add(LARGE);
    gate.countDown();
    executor.close(Deadline.now());
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();

    assertThat(delivered.get() + droppedInAll()).isEqualTo(spans + 1);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  /** Whatever happens at the same time, the limit holds and nothing stays counted. */
  @ParameterizedTest
  @CsvSource({
    "DROP_NEWEST, 1",
    "DROP_NEWEST, 3",
    "BLOCK, 1",
    "BLOCK, 3",
    "CALLER_RUNS, 1",
    "CALLER_RUNS, 3"
  })
  void stress_largeAndSmallSpans_holdTheLimitAndBalance(OverloadPolicy.Kind kind, int batch)
      throws Exception {
    gate.countDown();
    OverloadPolicy policy = new OverloadPolicy(
        kind, kind == OverloadPolicy.Kind.BLOCK ? Duration.ofMillis(1) : Duration.ZERO);
    ExportExecutor executor = executor(policy);
    AtomicLong beyond = new AtomicLong();
    fault = () -> {
      if (executor.waitingSize().chars() > LIMIT) {
        beyond.incrementAndGet();
      }
    };
    SpanBatcher<String, Long> batcher = batcher(executor, batch, 20);
    int producers = 6;
    int each = 500;
    CyclicBarrier start = new CyclicBarrier(producers);
    List<Future<?>> done = new ArrayList<>();
    for (int producer = 0; producer < producers; producer++) {
      done.add(threads.submit(() -> {
        start.await(60, TimeUnit.SECONDS);
        for (int i = 0; i < each; i++) {
          batcher.add(i % 3 == 0 ? SMALL : LARGE);
          if (i % 50 == 0) {
            batcher.drain(Deadline.now());
          }
        }
        return null;
      }));
    }
    for (Future<?> thread : done) {
      thread.get(60, TimeUnit.SECONDS);
    }
    batcher.close(Deadline.after(LONG));
    assertThat(executor.close(Deadline.after(LONG))).isTrue();

    assertThat(delivered.get() + droppedInAll()).isEqualTo((long) producers * each);
    assertThat(beyond).hasValue(0);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  private ExportExecutor executor(OverloadPolicy policy) {
    return executor(10, policy);
  }

  private ExportExecutor executor(int maxTasks, OverloadPolicy policy) {
    ExportExecutor executor =
        ExportExecutor.asynchronous(new QueueLimits(maxTasks, 1, policy, LIMIT));
    opened.add(() -> executor.close(Deadline.after(LONG)));
    return executor;
  }

  /** A batcher for spans that are nothing but their size. */
  private SpanBatcher<String, Long> batcher(ExportExecutor executor, int batch, int maxWaiting) {
    SpanBatcher<String, Long> batcher = SpanBatcher.toSeveral(
        new BatchLimits(batch, Duration.ofHours(1), maxWaiting),
        executor,
        span -> "d",
        span -> span,
        (destination, spans) -> new SettlingTask(
            scope -> {
              exporting.add(Thread.currentThread());
              started.release();
              await(gate);
              fault.run();
              return null;
            },
            reason -> {
              if (reason == null) {
                delivered.addAndGet(spans.size());
              } else {
                drop(reason, spans.size());
              }
            }));
    opened.add(0, () -> batcher.close(Deadline.after(LONG)));
    return batcher;
  }

  private void drop(DropReason reason, int count) {
    dropped.merge(reason, (long) count, Long::sum);
  }

  private long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void settle(SpanBatcher<String, Long> batcher, ExportExecutor executor) {
    batcher.drain(Deadline.after(LONG));
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
