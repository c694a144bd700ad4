package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A destination that floods the batcher leaves room for others. */
class BatcherFairnessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int WAITING = 40;
  private static final int PRODUCERS = 4;
  private static final int EACH = 200;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> delivered = new ConcurrentHashMap<>();
  private final Map<String, Map<DropReason, Integer>> dropped = new ConcurrentHashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    gate.countDown();
    threads.shutdown();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @RepeatedTest(100)
  void add_floodToOneAndDropNewest_leavesRoomForOthers() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.dropNewest());
    SpanBatcher<String, String> batcher = batcher(executor);
    for (Future<?> producer : flood(batcher, "a")) {
      producer.get(60, TimeUnit.SECONDS);
    }
    add(batcher, "b", WAITING / 2);
    add(batcher, "c", WAITING / 4);
    assertThat(dropped.keySet()).containsExactly("a");
    add(batcher, "b", 1);
    gate.countDown();
    settle(batcher, executor);

    assertThat(counts()).isEqualTo(Map.of("a", WAITING, "b", WAITING / 2, "c", WAITING / 4));
    assertThat(dropped)
        .isEqualTo(Map.of(
            "a",
            Map.of(DropReason.QUEUE_FULL, PRODUCERS * EACH - WAITING),
            "b",
            Map.of(DropReason.QUEUE_FULL, 1)));
  }

  @Test
  void add_floodToOneAndBlock_holdsUpOnlyThatOne() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.block(LONG));
    SpanBatcher<String, String> batcher = batcher(executor);
    add(batcher, "a", WAITING);
    List<Future<?>> flood = flood(batcher, "a");
    // Nothing leaves before the gate opens, so this would not return if it had to wait.
    add(batcher, "b", WAITING / 2);
    assertThat(flood).noneMatch(Future::isDone);
    gate.countDown();
    for (Future<?> producer : flood) {
      producer.get(60, TimeUnit.SECONDS);
    }
    settle(batcher, executor);

    assertThat(counts()).isEqualTo(Map.of("a", WAITING + PRODUCERS * EACH, "b", WAITING / 2));
    assertThat(dropped).isEmpty();
  }

  @Test
  void add_severalFloodsAtOnce_haveSharesOfOneSize() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.dropNewest());
    SpanBatcher<String, String> batcher = batcher(executor);
    CyclicBarrier turns = new CyclicBarrier(2);
    List<Future<?>> floods = new ArrayList<>();
    for (String destination : List.of("a", "b")) {
      floods.add(threads.submit(() -> {
        for (int i = 0; i < EACH; i++) {
          turns.await(60, TimeUnit.SECONDS);
          batcher.add(destination);
        }
        return null;
      }));
    }
    for (Future<?> flood : floods) {
      flood.get(60, TimeUnit.SECONDS);
    }
    gate.countDown();
    settle(batcher, executor);

    // Two thirds of the room, which is twice WAITING.
    assertThat(counts().get("a")).isBetween(2 * WAITING / 3 - 1, 2 * WAITING / 3 + 1);
    assertThat(counts().get("b")).isBetween(2 * WAITING / 3 - 1, 2 * WAITING / 3 + 1);
    counts()
        .forEach((destination, count) -> assertThat(dropped.get(destination))
            .isEqualTo(Map.of(DropReason.QUEUE_FULL, EACH - count)));
  }

  @Test
  void add_afterAFloodHasPassed_hasAllTheRoomAgain() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.dropNewest());
    SpanBatcher<String, String> batcher = batcher(executor);
    add(batcher, "a", 3 * WAITING);
    add(batcher, "b", WAITING);
    gate.countDown();
    settle(batcher, executor);
    delivered.clear();
    dropped.clear();

    CountDownLatch again = new CountDownLatch(1);
    block(executor, again);
    add(batcher, "c", WAITING + 1);
    again.countDown();
    settle(batcher, executor);

    assertThat(counts()).isEqualTo(Map.of("c", WAITING));
    assertThat(dropped).isEqualTo(Map.of("c", Map.of(DropReason.QUEUE_FULL, 1)));
  }

  @Test
  void close_amidstAFlood_countsEverySpanOnce() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.dropNewest());
    SpanBatcher<String, String> batcher = batcher(executor);
    List<Future<?>> flood = flood(batcher, "a");
    add(batcher, "b", EACH);
    batcher.close(Deadline.after(Duration.ofMillis(1)));
    for (Future<?> producer : flood) {
      producer.get(60, TimeUnit.SECONDS);
    }
    gate.countDown();
    assertThat(executor.close(Deadline.after(LONG))).isTrue();

    assertThat(settled("a")).isEqualTo(PRODUCERS * EACH);
    assertThat(settled("b")).isEqualTo(EACH);
  }

  private SpanBatcher<String, String> batcher(ExportExecutor executor) {
    SpanBatcher<String, String> batcher = SpanBatcher.toSeveral(
        new BatchLimits(4, Duration.ofHours(1), WAITING),
        executor,
        destination -> destination,
        span -> 0,
        Delivery::new);
    opened.add(0, () -> batcher.close(Deadline.after(LONG)));
    return batcher;
  }

  /** Returns an executor with one task at work and one in the queue, so that nothing more fits. */
  private ExportExecutor full(OverloadPolicy policy) throws InterruptedException {
    ExportExecutor executor =
        ExportExecutor.asynchronous(new QueueLimits(1, 1, policy, QueueLimits.DEFAULT_MAX_CHARS));
    opened.add(() -> executor.close(Deadline.after(LONG)));
    block(executor, gate);
    return executor;
  }

  private static void block(ExportExecutor executor, CountDownLatch until)
      throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    SettlingTask blocking = new SettlingTask(
        scope -> {
          started.countDown();
          await(until);
          return null;
        },
        reason -> {});
    assertThat(executor.submit(blocking, Deadline.never(), false)).isEmpty();
    assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
    SettlingTask next = new SettlingTask(scope -> null, reason -> {});
    assertThat(executor.submit(next, Deadline.never(), false)).isEmpty();
  }

  /** Returns when all threads of the flood have begun. */
  private List<Future<?>> flood(SpanBatcher<String, String> batcher, String destination)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(PRODUCERS + 1);
    List<Future<?>> producers = new ArrayList<>();
    for (int producer = 0; producer < PRODUCERS; producer++) {
      producers.add(threads.submit(() -> {
        start.await(60, TimeUnit.SECONDS);
        add(batcher, destination, EACH);
        return null;
      }));
    }
    start.await(60, TimeUnit.SECONDS);
    return producers;
  }

  private static void add(SpanBatcher<String, String> batcher, String destination, int count) {
    for (int i = 0; i < count; i++) {
      batcher.add(destination);
    }
  }

  private static void settle(SpanBatcher<String, String> batcher, ExportExecutor executor) {
    batcher.drain(Deadline.after(LONG));
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    delivered.forEach((destination, count) -> counts.put(destination, count.get()));
    return counts;
  }

  private int settled(String destination) {
    int sent = counts().getOrDefault(destination, 0);
    return sent
        + dropped.getOrDefault(destination, Map.of()).values().stream()
            .mapToInt(Integer::intValue)
            .sum();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Delivery implements ExportQueue.Task {

    private final String destination;
    private final List<String> spans;

    Delivery(String destination, List<String> spans) {
      this.destination = destination;
      this.spans = spans;
    }

    @Override
    public void run(CallScope scope) {
      assertThat(spans).containsOnly(destination);
      delivered.computeIfAbsent(destination, key -> new AtomicInteger()).addAndGet(spans.size());
    }

    @Override
    public void drop(DropReason reason) {
      dropped
          .computeIfAbsent(destination, key -> new ConcurrentHashMap<>())
          .merge(reason, spans.size(), Integer::sum);
    }
  }
}
