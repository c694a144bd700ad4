package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.OverloadPolicy.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverloadPolicyTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<ExportExecutor> executors = new ArrayList<>();

  @AfterEach
  void close() {
    gate.countDown();
    executors.forEach(executor -> executor.close(Deadline.after(LONG)));
  }

  @Test
  void submit_fullAndDropNewest_isRefused() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.dropNewest());

    assertThat(executor.submit(new Noted(), Deadline.never(), false))
        .contains(DropReason.QUEUE_FULL);
  }

  @Test
  void submit_fullAndBlock_waitsForRoom() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.block(LONG));
    Noted task = new Noted();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> submitted = caller.submit(
        () -> assertThat(executor.submit(task, Deadline.never(), false)).isEmpty());

    gate.countDown();

    submitted.get(60, TimeUnit.SECONDS);
    caller.shutdown();
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(task.thread.get()).isNotNull();
  }

  @Test
  void submit_fullForTooLongAndBlock_isRefused() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.block(SHORT));

    assertThat(executor.submit(new Noted(), Deadline.never(), false))
        .contains(DropReason.QUEUE_FULL);
  }

  @Test
  void submit_fullAndCallerRuns_runsOnTheCallersThread() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.callerRuns());
    Noted task = new Noted();

    assertThat(executor.submit(task, Deadline.never(), false)).isEmpty();

    assertThat(task.thread).hasValue(Thread.currentThread());
  }

  @Test
  void add_fullBatcherAndCallerRuns_exportsTheSpanAtOnce() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.callerRuns());
    Map<String, Thread> exported = new ConcurrentHashMap<>();
    SpanBatcher<String, String> batcher = SpanBatcher.toOne(
        new BatchLimits(2, Duration.ofHours(1), 2),
        executor,
        "d",
        span -> 0,
        (destination, spans) ->
            new Running(() -> spans.forEach(span -> exported.put(span, Thread.currentThread()))));
    for (int i = 0; i < 10; i++) {
      batcher.add("s" + i);
    }

    assertThat(exported).containsEntry("s9", Thread.currentThread());
    gate.countDown();
    batcher.close(Deadline.after(LONG));
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(exported).hasSize(10);
  }

  @Test
  void add_fullBatcherAndBlock_waitsForRoom() throws Exception {
    ExportExecutor executor = full(OverloadPolicy.block(LONG));
    List<String> exported = Collections.synchronizedList(new ArrayList<>());
    SpanBatcher<String, String> batcher = SpanBatcher.toOne(
        new BatchLimits(2, Duration.ofHours(1), 2),
        executor,
        "d",
        span -> 0,
        (destination, spans) -> new Running(() -> exported.addAll(spans)));
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> added = caller.submit(() -> {
      for (int i = 0; i < 50; i++) {
        batcher.add("s" + i);
      }
    });

    gate.countDown();

    added.get(60, TimeUnit.SECONDS);
    caller.shutdown();
    batcher.close(Deadline.after(LONG));
    assertThat(executor.awaitSettled(Deadline.after(LONG))).isTrue();
    assertThat(exported).hasSize(50);
  }

  @Test
  void patience_thatDoesNotFitTheKind_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OverloadPolicy(Kind.BLOCK, Duration.ZERO))
        .withMessageContaining("patience must be positive for BLOCK");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OverloadPolicy(Kind.CALLER_RUNS, SHORT));
  }

  /** Returns an executor with one task at work and one in the queue, and no room for another. */
  private ExportExecutor full(OverloadPolicy policy) throws InterruptedException {
    ExportExecutor executor =
        ExportExecutor.asynchronous(new QueueLimits(1, 1, policy, QueueLimits.DEFAULT_MAX_CHARS));
    executors.add(executor);
    CountDownLatch started = new CountDownLatch(1);
    Running blocking = new Running(() -> {
      started.countDown();
      await(gate);
    });
    assertThat(executor.submit(blocking, Deadline.never(), false)).isEmpty();
    assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(executor.submit(new Running(() -> {}), Deadline.never(), false)).isEmpty();
    return executor;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static class Running implements ExportQueue.Task {

    private final Runnable work;

    Running(Runnable work) {
      this.work = work;
    }

    @Override
    public void run(CallScope scope) {
      work.run();
    }

    @Override
    public void drop(DropReason reason) {}
  }

  private static final class Noted implements ExportQueue.Task {

    private final AtomicReference<Thread> thread = new AtomicReference<>();

    @Override
    public void run(CallScope scope) {
      thread.set(Thread.currentThread());
    }

    @Override
    public void drop(DropReason reason) {}
  }
}
