package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects spans and hands them to the executor in batches: full batches as soon as there are
 * enough spans, everything once the oldest span has waited for the interval or somebody drains.
 * Within a batch the spans of one destination make one task, destinations in the order in which
 * they first occur.
 *
 * <p>Adding takes no lock and wakes a thread at most once per batch. Workers without work fetch
 * full batches here; the batcher's own thread sees to the others. While all work, spans wait here,
 * and beyond the limit the overload policy says what becomes of them.
 *
 * <p>One destination never has more than {@link BatchLimits#maxWaiting} spans that wait, here or in
 * the queue, all together twice as many, shared fairly: a destination that floods leaves room for
 * others. Where there is only one, that costs nothing. What large spans have in characters is
 * bounded too, from here until they are settled.
 *
 * @param <D> where a span is to go
 * @param <S> a span with what belongs to it
 */
final class SpanBatcher<D, S> implements ExportQueue.Source {

  private static final Logger logger = LoggerFactory.getLogger(SpanBatcher.class);
  private static final String FAULT = "A fault of the span batcher";
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);
  private static final long ROOM_CHECK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final BatchLimits limits;
  private final ExportExecutor executor;
  private final Function<S, D> destination;
  private final ToLongFunction<S> size;
  private final WaitingSize sizes;
  private final Packer<D, S> packer;
  private final WaitingSpans<S> waiting;

  /** Null if there is only one destination. */
  private final @Nullable FairShares<D> shares;

  private final BatcherThread thread;

  /** Held while batches are taken and submitted, so that none is under way when it is free. */
  private final ReentrantLock exporting = new ReentrantLock();

  private volatile boolean closed;
  private volatile boolean ended;

  private SpanBatcher(
      BatchLimits limits,
      ExportExecutor executor,
      Function<S, D> destination,
      ToLongFunction<S> size,
      Packer<D, S> packer,
      @Nullable FairShares<D> shares) {
    this.limits = limits;
    this.executor = executor;
    this.destination = destination;
    this.size = size;
    this.sizes = executor.waitingSize();
    this.packer = packer;
    this.shares = shares;
    this.waiting = new WaitingSpans<>(
        shares == null ? limits.maxWaiting() : Math.multiplyExact(2, limits.maxWaiting()));
    this.thread = new BatcherThread(limits, waiting, this::submitDue);
    executor.add(this);
  }

  /**
   * Creates a batcher without starting its thread.
   *
   * @param destination knows where a span is to go
   * @param size knows how many characters a span has; asked for each span, always with one answer
   * @param packer makes tasks
   */
  static <D, S> SpanBatcher<D, S> toSeveral(
      BatchLimits limits,
      ExportExecutor executor,
      Function<S, D> destination,
      ToLongFunction<S> size,
      Packer<D, S> packer) {
    return new SpanBatcher<>(limits, executor, destination, size, packer, new FairShares<>());
  }

  /** Creates a batcher for spans that all go to one place, without starting its thread. */
  static <D, S> SpanBatcher<D, S> toOne(
      BatchLimits limits,
      ExportExecutor executor,
      D place,
      ToLongFunction<S> size,
      Packer<D, S> packer) {
    return new SpanBatcher<>(limits, executor, span -> place, size, packer, null);
  }

  /** Makes the task that delivers some spans or counts their drop. */
  @FunctionalInterface
  interface Packer<D, S> {

    /** Makes a task, which does not need the list any more when it has run or is dropped. */
    ExportQueue.Task pack(D destination, List<S> spans);

    /** Counts the drop of a span that is in no task. */
    default void drop(D destination, S span, DropReason reason) {
      pack(destination, List.of(span)).drop(reason);
    }
  }

  /** Takes a span. */
  void add(S span) {
    if (closed) {
      drop(span, DropReason.SHUTDOWN);
    } else if (!tryAdd(span)) {
      overload(span);
    }
  }

  /** Lets a span wait, or hands it on if there are no batches; false if there is no room for it. */
  private boolean tryAdd(S span) {
    long chars = size.applyAsLong(span);
    if (!sizes.offer(chars)) {
      return false;
    }
    if (limits.maxSpans() == 1) {
      submitAlone(span);
      return true;
    }
    if (!enter(span)) {
      sizes.remove(chars);
      return false;
    }
    thread.spanAdded();
    if (isReady()) {
      executor.sourceIsReady();
    }
    if (ended) {
      dropAll();
    }
    return true;
  }

  private boolean enter(S span) {
    FairShares<D> fair = shares;
    if (fair == null) {
      return waiting.offer(span);
    }
    D place = destination.apply(span);
    // Spans that others are about to add are not seen in the room yet, but count for their share.
    if (!fair.enter(place, Math.min(waiting.free(), limits.maxWaiting()))) {
      return false;
    }
    if (waiting.offer(span)) {
      return true;
    }
    fair.leave(place, 1);
    return false;
  }

  private void leave(D place, int count) {
    waiting.leave(count);
    if (shares != null) {
      shares.leave(place, count);
    }
  }

  private void overload(S span) {
    OverloadPolicy policy = executor.overload();
    switch (policy.kind()) {
      case DROP_NEWEST -> drop(span, DropReason.QUEUE_FULL);
      case CALLER_RUNS -> runHere(span);
      case BLOCK -> waitForRoom(span, Deadline.after(policy.patience()));
    }
  }

  private void waitForRoom(S span, Deadline patience) {
    while (!patience.passed() && !closed && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, ROOM_CHECK_NANOS);
      if (tryAdd(span)) {
        return;
      }
    }
    drop(span, closed ? DropReason.SHUTDOWN : DropReason.QUEUE_FULL);
  }

  private void submitAlone(S span) {
    ExportQueue.Task task = task(destination.apply(span), List.of(span), () -> {});
    executor.submit(task, Deadline.never(), false).ifPresent(reason -> {
      task.drop(reason);
      executor.warnOfDroppedSpan(reason);
    });
  }

  /** Exports a span that counts as none of those that wait. */
  private void runHere(S span) {
    executor
        .runHere(packer.pack(destination.apply(span), List.of(span)), Deadline.never())
        .ifPresent(reason -> drop(span, reason));
  }

  /**
   * Hands on every span that was added before, as far as the queue has room for it until the
   * deadline; the others go on waiting.
   */
  void drain(Deadline deadline) {
    if (!deadline.tryLock(exporting)) {
      return;
    }
    try {
      submit(waiting.size(), deadline);
    } finally {
      exporting.unlock();
    }
  }

  /** Refuses spans from now on, drains, and drops what is left at the deadline. */
  void close(Deadline deadline) {
    closed = true;
    drain(deadline);
    ended = true;
    dropAll();
    // It may be waiting for room in the queue.
    thread.end(STOP_GRACE);
    dropAll();
  }

  private void dropAll() {
    giveUp(waiting.take(Integer.MAX_VALUE), DropReason.SHUTDOWN);
  }

  /** Drops spans that were taken. */
  private void giveUp(List<S> spans, DropReason reason) {
    for (S span : spans) {
      leave(destination.apply(span), 1);
      sizes.remove(size.applyAsLong(span));
      try {
        drop(span, reason);
      } catch (RuntimeException | Error e) {
        logger.error(FAULT, e);
      }
    }
  }

  /** Submits what is due and has room, on the batcher's own thread; false if more is due. */
  private boolean submitDue(boolean everything) {
    if (!executor.hasRoom()) {
      return false;
    }
    exporting.lock();
    try {
      return everything ? submit(waiting.size(), Deadline.now()) : submitFull(Integer.MAX_VALUE);
    } catch (RuntimeException | Error e) {
      logger.error(FAULT, e);
      return false;
    } finally {
      exporting.unlock();
    }
  }

  /** Tells whether there is a full batch. */
  @Override
  public boolean isReady() {
    return waiting.size() >= limits.maxSpans();
  }

  /** Gives a worker without work the next full batch. */
  @Override
  public void feed() {
    if (!isReady() || !exporting.tryLock()) {
      return;
    }
    try {
      boolean unused = submitFull(1);
    } catch (RuntimeException | Error e) {
      logger.error(FAULT, e);
    } finally {
      exporting.unlock();
    }
    if (ended) {
      // What found no room may have come back after the end.
      dropAll();
    }
  }

  /** Submits full batches; returns false if there was one without room. */
  private boolean submitFull(int most) {
    for (int i = 0; i < most && isReady(); i++) {
      List<S> batch = waiting.takeExactly(limits.maxSpans());
      if (batch.isEmpty() || !submitBatch(batch, Deadline.now())) {
        return false;
      }
    }
    return true;
  }

  /** Submits so many spans; returns false if there was no room for all of them in time. */
  private boolean submit(int count, Deadline patience) {
    int left = count;
    while (left > 0) {
      List<S> batch = waiting.take(Math.min(left, limits.maxSpans()));
      if (batch.isEmpty()) {
        return true;
      }
      left -= batch.size();
      if (!submitBatch(batch, patience)) {
        return false;
      }
    }
    return true;
  }

  private boolean submitBatch(List<S> batch, Deadline patience) {
    List<S> back = new ArrayList<>(0);
    byDestination(batch).forEach((place, spans) -> {
      if (!back.isEmpty() || !submitTask(place, spans, patience)) {
        back.addAll(spans);
      }
    });
    waiting.putBack(back);
    return back.isEmpty();
  }

  /** Submits spans of one destination; returns false if there was no room for them in time. */
  private boolean submitTask(D place, List<S> spans, Deadline patience) {
    int count = spans.size();
    ExportQueue.Task task;
    try {
      task = task(place, spans, () -> leave(place, count));
    } catch (RuntimeException | Error e) {
      logger.error(FAULT, e);
      giveUp(spans, DropReason.INTERNAL_ERROR);
      return true;
    }
    Optional<DropReason> refused = executor.submit(task, patience, true);
    if (refused.isPresent() && refused.get() == DropReason.QUEUE_FULL) {
      return false;
    }
    // An accepted one may be settled by now, and its list in use for others.
    refused.ifPresent(task::drop);
    return true;
  }

  /** Most batches go to one place, and are not copied. */
  private Map<D, List<S>> byDestination(List<S> batch) {
    D first = destination.apply(batch.get(0));
    if (shares == null || batch.stream().allMatch(span -> first.equals(destination.apply(span)))) {
      return Map.of(first, batch);
    }
    Map<D, List<S>> groups = new LinkedHashMap<>();
    for (S span : batch) {
      groups.computeIfAbsent(destination.apply(span), key -> new ArrayList<>()).add(span);
    }
    return groups;
  }

  /** Makes the task of spans whose size was counted. */
  private ExportQueue.Task task(D place, List<S> spans, Runnable begun) {
    long chars = 0;
    if (sizes.chars() > 0) {
      for (S span : spans) {
        long own = size.applyAsLong(span);
        chars += own < WaitingSize.LARGE ? 0 : own;
      }
    }
    long counted = chars;
    return new BatchTask(packer.pack(place, spans), begun, () -> {
      sizes.remove(counted);
      waiting.reuse(spans);
    });
  }

  private void drop(S span, DropReason reason) {
    packer.drop(destination.apply(span), span, reason);
    executor.warnOfDroppedSpan(reason);
  }
}
