package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanBatcherTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration NEVER = Duration.ofHours(1);

  private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
  private final Map<DropReason, AtomicInteger> drops = new ConcurrentHashMap<>();
  private final Semaphore sent = new Semaphore(0);
  private final Semaphore started = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private ExportExecutor executor = ExportExecutor.asynchronous(new QueueLimits(1000, 1));

  @AfterEach
  void close() {
    gate.countDown();
    executor.close(Deadline.after(LONG));
  }

  private SpanBatcher<String, Item> batcher(int size, Duration interval, int maxWaiting) {
    return SpanBatcher.toSeveral(
        new BatchLimits(size, interval, maxWaiting),
        executor,
        Item::destination,
        item -> 0,
        (destination, items) -> pack(items.stream().map(Item::name).toList()));
  }

  /** Stands for a span. */
  private record Item(String destination, String name) {}

  private ExportQueue.Task pack(List<String> spans) {
    return new ExportQueue.Task() {
      @Override
      public void run(CallScope scope) {
        started.release();
        awaitUninterrupted(gate);
        batches.add(spans);
        spans.forEach(SpanBatcherTest.this::settle);
        sent.release(spans.size());
      }

      @Override
      public void drop(DropReason reason) {
        drops.computeIfAbsent(reason, key -> new AtomicInteger()).addAndGet(spans.size());
        spans.forEach(SpanBatcherTest.this::settle);
      }
    };
  }

  private void settle(String span) {
    outcomes.computeIfAbsent(span, key -> new AtomicInteger()).incrementAndGet();
  }

  @Test
  void add_wakeBySize_sendsOnlyFullBatches() throws Exception {
    SpanBatcher<String, Item> batcher = batcher(3, NEVER, 100);
    add(batcher, "a", 0, 7);
    assertThat(sent.tryAcquire(6, 20, TimeUnit.SECONDS)).isTrue();

    assertThat(batches).containsExactly(List.of("a0", "a1", "a2"), List.of("a3", "a4", "a5"));
    batcher.close(Deadline.after(LONG));
    executor.close(Deadline.after(LONG));
    assertThat(batches).last().isEqualTo(List.of("a6"));
  }

  @Test
  void add_afterTheInterval_sendsWhatThereIs() throws Exception {
    SpanBatcher<String, Item> batcher = batcher(100, Duration.ofMillis(20), 100);
    for (int round = 0; round < 3; round++) {
      batcher.add(new Item("a", "s" + round));
      assertThat(sent.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(batches).hasSize(3);
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void drain_severalDestinations_splitsEachBatchInFirstSeenOrder() {
    SpanBatcher<String, Item> batcher = batcher(4, NEVER, 100);
    batcher.add(new Item("b", "b0"));
    batcher.add(new Item("a", "a0"));
    batcher.add(new Item("b", "b1"));
    drain(batcher);

    assertThat(batches).containsExactly(List.of("b0", "b1"), List.of("a0"));
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void drain_leavesTheBatcherInUse() {
    SpanBatcher<String, Item> batcher = batcher(4, NEVER, 100);
    for (int round = 0; round < 3; round++) {
      add(batcher, "a" + round, 0, 1);
      drain(batcher);
    }
    assertThat(batches).hasSize(3);
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void drain_noRoomUntilTheDeadline_keepsTheSpansInOrder() throws Exception {
    gate = new CountDownLatch(1);
    executor = ExportExecutor.asynchronous(new QueueLimits(1, 1));
    SpanBatcher<String, Item> batcher = batcher(10, NEVER, 100);
    add(batcher, "a", 0, 1);
    batcher.drain(Deadline.after(LONG));
    assertThat(started.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    add(batcher, "b", 0, 1);
    batcher.drain(Deadline.after(LONG));
    // One task is at work and one in the queue, so there is no room.
    add(batcher, "c", 0, 3);
    batcher.drain(Deadline.now());
    add(batcher, "d", 0, 1);
    gate.countDown();
    drain(batcher);

    assertThat(batches)
        .containsExactly(List.of("a0"), List.of("b0"), List.of("c0", "c1", "c2", "d0"));
    assertThat(drops).isEmpty();
    batcher.close(Deadline.after(LONG));
  }

  /** The interval never ends and nobody drains, so workers must bring one batch after the other. */
  @Test
  void fullBatches_behindAFullQueue_followByThemselvesInOrder() throws Exception {
    gate = new CountDownLatch(1);
    executor = ExportExecutor.asynchronous(new QueueLimits(1, 1));
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 200);
    add(batcher, "a", 0, 200);
    gate.countDown();

    assertThat(sent.tryAcquire(200, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "a" + i).toList());
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(2));
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void add_beyondTheLimit_dropsAndSaysWhy() throws Exception {
    gate = new CountDownLatch(1);
    executor = ExportExecutor.asynchronous(new QueueLimits(1, 1));
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 6);
    add(batcher, "a", 0, 2);
    assertThat(started.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    // 2 spans are at work, 6 wait, and of those that are just being taken 2 count twice.
    add(batcher, "b", 0, 50);

    assertThat(drops.get(DropReason.QUEUE_FULL).get()).isBetween(44, 46);
    gate.countDown();
    drain(batcher);
    assertThat(outcomes)
        .hasSize(52)
        .allSatisfy((span, times) -> assertThat(times).hasValue(1));
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void feed_packerThatThrows_costsThatBatchOnly() throws Exception {
    SpanBatcher<String, Item> batcher = SpanBatcher.toOne(
        new BatchLimits(2, NEVER, 100), executor, "a", item -> 0, (destination, items) -> {
          List<String> names = items.stream().map(Item::name).toList();
          if (names.contains("bad")) {
            throw new IllegalStateException("broken packer");
          }
          return pack(names);
        });
    Stream.of("bad", "1", "2", "3").forEach(name -> batcher.add(new Item("a", name)));

    assertThat(sent.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
    assertThat(batches).containsExactly(List.of("2", "3"));
    batcher.close(Deadline.now());
  }

  @Test
  void feed_packerThatThrows_countsTheSpansAndGivesTheirRoomBack() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    SpanBatcher<String, Item> batcher = SpanBatcher.toOne(
        new BatchLimits(2, NEVER, 4), executor, "a", item -> 0, new SpanBatcher.Packer<>() {
          @Override
          public ExportQueue.Task pack(String destination, List<Item> items) {
            if (failures.incrementAndGet() <= 5) {
              throw new IllegalStateException("broken packer");
            }
            return SpanBatcherTest.this.pack(items.stream().map(Item::name).toList());
          }

          @Override
          public void drop(String destination, Item item, DropReason reason) {
            SpanBatcherTest.this.pack(List.of(item.name())).drop(reason);
            sent.release();
          }
        });
    for (int batch = 0; batch < 7; batch++) {
      add(batcher, "s" + batch, 0, 2);
      assertThat(sent.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(drops).containsOnlyKeys(DropReason.INTERNAL_ERROR);
    assertThat(drops.get(DropReason.INTERNAL_ERROR)).hasValue(10);
    assertThat(batches).hasSize(2);
    batcher.close(Deadline.now());
  }

  @Test
  void worker_interrupted_goesOn() throws Exception {
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 100);
    add(batcher, "a", 0, 1);
    interruptWorkers();
    add(batcher, "b", 0, 1);

    assertThat(sent.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void worker_interruptedWhileItWaitsForRoom_losesNothing() throws Exception {
    gate = new CountDownLatch(1);
    executor = ExportExecutor.asynchronous(new QueueLimits(1, 1));
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 100);
    add(batcher, "a", 0, 8);
    assertThat(started.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    interruptWorkers();
    gate.countDown();

    assertThat(sent.tryAcquire(8, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(drops).isEmpty();
    batcher.close(Deadline.after(LONG));
  }

  @Test
  void close_twiceAndAddAfterwards_dropsBecauseOfTheShutdown() {
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 100);
    add(batcher, "a", 0, 1);
    batcher.close(Deadline.after(LONG));
    batcher.close(Deadline.after(LONG));
    add(batcher, "b", 0, 1);

    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(batches).containsExactly(List.of("a0"));
    assertThat(drops.get(DropReason.SHUTDOWN)).hasValue(1);
  }

  @Test
  void close_noRoom_dropsWhatIsLeftAtTheDeadline() throws Exception {
    gate = new CountDownLatch(1);
    executor = ExportExecutor.asynchronous(new QueueLimits(1, 1));
    SpanBatcher<String, Item> batcher = batcher(2, NEVER, 100);
    add(batcher, "a", 0, 2);
    assertThat(started.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    add(batcher, "b", 0, 21);

    batcher.close(Deadline.after(Duration.ofMillis(50)));

    assertThat(drops.get(DropReason.SHUTDOWN).get()).isBetween(19, 21);
    gate.countDown();
    executor.close(Deadline.after(LONG));
    assertThat(outcomes)
        .hasSize(23)
        .allSatisfy((span, times) -> assertThat(times).hasValue(1));
  }

  /** Whatever happens at the same time, every span is sent or dropped, and that once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void stress_addDrainInterruptClose_everySpanIsSettledOnce(int round) throws Exception {
    long seed = 7919L * round;
    System.out.println("SpanBatcherTest seed " + seed);
    Random random = new Random(seed);
    executor =
        ExportExecutor.asynchronous(new QueueLimits(1 + random.nextInt(5), 1 + random.nextInt(3)));
    int size = 1 + random.nextInt(7);
    int maxWaiting = size + random.nextInt(40);
    SpanBatcher<String, Item> batcher =
        batcher(size, Duration.ofMillis(1 + random.nextInt(5)), maxWaiting);
    int producers = 8;
    int each = 400;
    CyclicBarrier start = new CyclicBarrier(producers + 3);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> done = new ArrayList<>();
    for (int producer = 0; producer < producers; producer++) {
      String name = "p" + producer + "-";
      long own = random.nextLong();
      done.add(threads.submit(() -> {
        Random choice = new Random(own);
        start.await();
        for (int i = 0; i < each; i++) {
          batcher.add(new Item("d" + choice.nextInt(3), name + i));
          if (choice.nextInt(50) == 0) {
            batcher.drain(Deadline.now());
          }
        }
        return null;
      }));
    }
    done.add(threads.submit(() -> {
      start.await();
      for (int i = 0; i < 30; i++) {
        batcher.drain(i % 2 == 0 ? Deadline.now() : Deadline.after(Duration.ofMillis(1)));
      }
      return null;
    }));
    done.add(threads.submit(() -> {
      start.await();
      for (int i = 0; i < 20; i++) {
        interruptWorkers();
      }
      return null;
    }));
    start.await();
    if (round % 2 == 0) {
      // The end comes in the middle.
      assertThat(sent.tryAcquire(size, 20, TimeUnit.SECONDS)).isTrue();
      batcher.close(Deadline.after(Duration.ofMillis(1)));
    }
    for (Future<?> thread : done) {
      thread.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    batcher.close(Deadline.after(LONG));
    assertThat(executor.close(Deadline.after(LONG))).isTrue();

    assertThat(outcomes)
        .hasSize(producers * each)
        .allSatisfy((span, times) -> assertThat(times).hasValue(1));
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(size));
    int dropped = drops.values().stream().mapToInt(AtomicInteger::get).sum();
    int delivered = batches.stream().mapToInt(List::size).sum();
    assertThat(delivered + dropped).isEqualTo(producers * each);
  }

  private void add(SpanBatcher<String, Item> batcher, String name, int from, int to) {
    for (int i = from; i < to; i++) {
      batcher.add(new Item("d", name + i));
    }
  }

  private void drain(SpanBatcher<String, Item> batcher) {
    batcher.drain(Deadline.after(LONG));
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
  }

  private static void interruptWorkers() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mlflow-span-batcher"))
        .forEach(Thread::interrupt);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        open = latch.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // Goes on waiting: only the latch counts.
      }
    }
  }
}
