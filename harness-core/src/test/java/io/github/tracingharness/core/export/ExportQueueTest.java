package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.ExportQueue.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportQueueTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<ExportQueue> queues = new ArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    queues.forEach(queue -> queue.close(Deadline.after(LONG)));
  }

  @Test
  void offer_by64Producers_everyTaskIsRunOrRefusedOnce() throws Exception {
    ExportQueue queue = queue(100, 4);
    AtomicInteger run = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(64);
    ExecutorService producers = Executors.newFixedThreadPool(64);
    List<Future<?>> results = new ArrayList<>();
    for (int producer = 0; producer < 64; producer++) {
      results.add(producers.submit(() -> {
        start.await();
        for (int i = 0; i < 500; i++) {
          Offer offer = queue.offer(new Counting(run), Deadline.now());
          if (offer == Offer.FULL) {
            refused.incrementAndGet();
          }
        }
        return null;
      }));
    }
    for (Future<?> result : results) {
      result.get(60, TimeUnit.SECONDS);
    }
    producers.shutdown();

    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(run.get() + refused.get()).isEqualTo(64 * 500);
    assertThat(run.get()).isPositive();
  }

  @Test
  void offer_fullQueue_answersFullWithoutWaiting() throws Exception {
    ExportQueue queue = queue(2, 1);
    Blocking first = block(queue);
    assertThat(queue.offer(new Counting(new AtomicInteger()), Deadline.now()))
        .isEqualTo(Offer.ACCEPTED);
    assertThat(queue.offer(new Counting(new AtomicInteger()), Deadline.now()))
        .isEqualTo(Offer.ACCEPTED);

    // The only worker is held, so an offer that waited for it would never return.
    assertThat(queue.offer(new Counting(new AtomicInteger()), Deadline.now()))
        .isEqualTo(Offer.FULL);
    assertThat(first.finished).isFalse();
  }

  @Test
  void offer_withPatience_waitsForRoom() throws Exception {
    ExportQueue queue = queue(1, 1);
    block(queue);
    AtomicInteger run = new AtomicInteger();
    queue.offer(new Counting(run), Deadline.now());
    ExecutorService producer = Executors.newSingleThreadExecutor();
    Future<Offer> offer =
        producer.submit(() -> queue.offer(new Counting(run), Deadline.after(LONG)));

    gate.countDown();

    assertThat(offer.get(60, TimeUnit.SECONDS)).isEqualTo(Offer.ACCEPTED);
    producer.shutdown();
    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(run).hasValue(2);
  }

  @Test
  void awaitSettled_whileOthersProduce_waitsOnlyForEarlierTasks() throws Exception {
    ExportQueue queue = queue(10, 2);
    CountDownLatch early = new CountDownLatch(1);
    queue.offer(new Waiting(early), Deadline.now());
    ExecutorService flusher = Executors.newSingleThreadExecutor();
    CountDownLatch flushing = new CountDownLatch(1);
    Future<Boolean> flush = flusher.submit(() -> {
      flushing.countDown();
      return queue.awaitSettled(Deadline.after(LONG));
    });
    flushing.await();
    early.countDown();
    assertThat(flush.get(60, TimeUnit.SECONDS)).isTrue();

    block(queue);
    assertThat(queue.awaitSettled(Deadline.after(Duration.ofMillis(20)))).isFalse();
    gate.countDown();
    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
    flusher.shutdown();
  }

  @Test
  void run_taskThatThrows_isDroppedAndOthersGoOn() {
    ExportQueue queue = queue(10, 1);
    AtomicReference<DropReason> dropped = new AtomicReference<>();
    queue.offer(
        new ExportQueue.Task() {
          @Override
          public void run(CallScope scope) {
            throw new AssertionError("broken task");
          }

          @Override
          public void drop(DropReason reason) {
            dropped.set(reason);
          }
        },
        Deadline.now());
    AtomicInteger run = new AtomicInteger();
    queue.offer(new Counting(run), Deadline.now());

    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(dropped).hasValue(DropReason.INTERNAL_ERROR);
    assertThat(run).hasValue(1);
  }

  @Test
  void run_interruptedWorker_servesTheNextTask() throws Exception {
    ExportQueue queue = queue(10, 1);
    AtomicReference<Thread> worker = new AtomicReference<>();
    queue.offer(new Running(() -> worker.set(Thread.currentThread())), Deadline.now());
    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();

    worker.get().interrupt();
    AtomicReference<Thread> second = new AtomicReference<>();
    queue.offer(new Running(() -> second.set(Thread.currentThread())), Deadline.now());

    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(second.get()).isSameAs(worker.get());
  }

  @Test
  void close_halfWay_dropsWhatIsLeftAndAccountsForAll() throws Exception {
    ExportQueue queue = queue(100, 1);
    Blocking running = block(queue);
    AtomicInteger run = new AtomicInteger();
    List<Counting> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Counting task = new Counting(run);
      waiting.add(task);
      queue.offer(task, Deadline.now());
    }

    assertThat(queue.close(Deadline.after(Duration.ofMillis(50)))).isFalse();

    assertThat(waiting).allSatisfy(task -> assertThat(task.dropped).isEqualTo(DropReason.SHUTDOWN));
    assertThat(run).hasValue(0);
    assertThat(running.interrupted).isTrue();
    assertThat(queue.offer(new Counting(run), Deadline.now())).isEqualTo(Offer.CLOSED);
  }

  @Test
  void close_withTime_runsAllThatWereAccepted() {
    ExportQueue queue = queue(1000, 3);
    AtomicInteger run = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      queue.offer(new Counting(run), Deadline.now());
    }

    assertThat(queue.close(Deadline.after(LONG))).isTrue();
    assertThat(run).hasValue(500);
  }

  @Test
  void run_whileAsManyComputeAsMay_nothingNewIsBegunUntilOneWaits() throws Exception {
    ExportQueue queue = queue(new ExportQueue(new QueueLimits(10, 4), 1, LONG));
    CountDownLatch computes = new CountDownLatch(1);
    CountDownLatch othersRan = new CountDownLatch(3);
    queue.offer(
        new Running(scope -> {
          computes.countDown();
          await(gate);
          scope.waits().waitBegins();
          await(othersRan);
          scope.waits().waitEnds();
        }),
        Deadline.now());
    computes.await();
    for (int i = 0; i < 3; i++) {
      queue.offer(new Running(othersRan::countDown), Deadline.now());
    }

    assertThat(othersRan.await(50, TimeUnit.MILLISECONDS))
        .as("others ran while one worker computed")
        .isFalse();
    gate.countDown();

    assertThat(othersRan.await(60, TimeUnit.SECONDS))
        .as("others ran while the worker waited for the server")
        .isTrue();
    assertThat(queue.awaitSettled(Deadline.after(LONG))).isTrue();
  }

  @Test
  void run_taskThatWaitsWithoutSayingSo_doesNotHoldUpOthers() throws Exception {
    ExportQueue queue = queue(10, 2);
    block(queue);
    CountDownLatch otherRan = new CountDownLatch(1);
    queue.offer(new Running(otherRan::countDown), Deadline.now());

    assertThat(otherRan.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExportQueue queue(int maxTasks, int maxWorkers) {
    return queue(new ExportQueue(new QueueLimits(maxTasks, maxWorkers)));
  }

  private ExportQueue queue(ExportQueue queue) {
    queues.add(queue);
    return queue;
  }

  private Blocking block(ExportQueue queue) throws InterruptedException {
    Blocking task = new Blocking(gate);
    queue.offer(task, Deadline.now());
    assertThat(task.started.await(60, TimeUnit.SECONDS)).isTrue();
    return task;
  }

  private static class Running implements ExportQueue.Task {

    private final Consumer<CallScope> work;
    volatile DropReason dropped;

    Running(Runnable work) {
      this(scope -> work.run());
    }

    Running(Consumer<CallScope> work) {
      this.work = work;
    }

    @Override
    public void run(CallScope scope) {
      work.accept(scope);
    }

    @Override
    public void drop(DropReason reason) {
      dropped = reason;
    }
  }

  private static final class Counting extends Running {
    Counting(AtomicInteger count) {
      super(count::incrementAndGet);
    }
  }

  private static final class Waiting extends Running {
    Waiting(CountDownLatch latch) {
      super(() -> await(latch));
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Blocking implements ExportQueue.Task {

    private final CountDownLatch gate;
    final CountDownLatch started = new CountDownLatch(1);
    volatile boolean finished;
    volatile boolean interrupted;

    Blocking(CountDownLatch gate) {
      this.gate = gate;
    }

    @Override
    public void run(CallScope scope) {
      started.countDown();
      try {
        finished = gate.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }

    @Override
    public void drop(DropReason reason) {}
  }
}
