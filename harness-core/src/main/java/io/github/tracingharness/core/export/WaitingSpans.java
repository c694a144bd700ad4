package io.github.tracingharness.core.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The spans that wait for their batch, in their order, up to a limit that includes those that were
 * taken but wait in the queue. Adding takes no lock.
 *
 * @param <S> a span with what belongs to it
 */
final class WaitingSpans<S> {

  private static final int SOME = 16;

  private final int limit;

  /** Guards taking and putting back; never held while something is submitted. */
  private final ReentrantLock taking = new ReentrantLock();

  /** Made with the first span: most pipelines use one of their exporters only. */
  private volatile @Nullable MpscAtomicArrayQueue<S> queue;

  /** Those that were taken once and found no room. */
  private final Deque<S> back = new ArrayDeque<>(0);

  private volatile int backSize;

  /**
   * An empty list for the next ones that are taken; there is seldom more than one batch at work.
   */
  private final AtomicReference<@Nullable ArrayList<S>> spare = new AtomicReference<>();

  /** Those in {@link #back} and those that were taken and wait in the queue. */
  private final AtomicInteger taken = new AtomicInteger();

  WaitingSpans(int limit) {
    this.limit = limit;
  }

  /** Adds a span; returns false if there is no room. */
  boolean offer(S span) {
    MpscAtomicArrayQueue<S> known = queue;
    return (known == null ? makeQueue() : known).offerIfBelowThreshold(span, limit - taken.get());
  }

  /** Returns how many wait. */
  int size() {
    MpscAtomicArrayQueue<S> known = queue;
    if (known == null) {
      return 0;
    }
    return known.size() + backSize;
  }

  /** Returns how many have come, those that are gone included. */
  long come() {
    MpscAtomicArrayQueue<S> known = queue;
    return known == null ? 0 : known.currentProducerIndex();
  }

  /** Returns how many of those that came do not wait any more. */
  long gone() {
    MpscAtomicArrayQueue<S> known = queue;
    return known == null ? 0 : known.currentConsumerIndex() - backSize;
  }

  /** Returns how many more there is room for. */
  int free() {
    MpscAtomicArrayQueue<S> known = queue;
    return limit - taken.get() - (known == null ? 0 : known.size());
  }

  /** Takes the oldest ones; they count until they leave or are put back. */
  List<S> take(int most) {
    return take(most, true);
  }

  /**
   * Takes so many of the oldest ones, or none if there are fewer or a producer has a place among
   * them that it has not filled yet; it may have lost its core, and whoever waits for it burns one.
   */
  List<S> takeExactly(int count) {
    taking.lock();
    try {
      List<S> spans = take(count, false);
      if (spans.size() == count) {
        return spans;
      }
      putBack(spans);
      return List.of();
    } finally {
      taking.unlock();
    }
  }

  private List<S> take(int most, boolean waits) {
    taking.lock();
    try {
      MpscAtomicArrayQueue<S> known = queue;
      if (known == null) {
        return List.of();
      }
      int count = Math.min(most, back.size() + known.size());
      List<S> spans = list(count);
      while (spans.size() < count && !back.isEmpty()) {
        spans.add(back.remove());
      }
      backSize = back.size();
      boolean all = true;
      while (all && spans.size() < count) {
        all = poll(known, spans, Math.min(SOME, count - spans.size()), waits);
      }
      return spans;
    } finally {
      taking.unlock();
    }
  }

  /** Polls so many; returns false if there were fewer. */
  private boolean poll(MpscAtomicArrayQueue<S> queue, List<S> spans, int count, boolean waits) {
    // Said before they leave the queue, so that the limit holds at every moment. Until they have
    // left they count twice, so they are few.
    taken.addAndGet(count);
    for (int i = 0; i < count; i++) {
      S next = waits ? Objects.requireNonNull(queue.poll()) : queue.relaxedPoll();
      if (next == null) {
        taken.addAndGet(i - count);
        return false;
      }
      spans.add(next);
    }
    return true;
  }

  /** Puts back the last that were taken. */
  void putBack(List<S> spans) {
    if (spans.isEmpty()) {
      return;
    }
    taking.lock();
    try {
      for (int i = spans.size() - 1; i >= 0; i--) {
        back.addFirst(spans.get(i));
      }
      backSize = back.size();
    } finally {
      taking.unlock();
    }
  }

  private List<S> list(int count) {
    ArrayList<S> known = spare.getAndSet(null);
    return known == null ? new ArrayList<>(count) : known;
  }

  /** Takes back a list of taken spans that nobody needs any more. */
  void reuse(List<S> spans) {
    if (spans instanceof ArrayList<S> list) {
      list.clear();
      spare.lazySet(list);
    }
  }

  /** Counts no longer some that were taken. */
  void leave(int count) {
    taken.addAndGet(-count);
  }

  private MpscAtomicArrayQueue<S> makeQueue() {
    taking.lock();
    try {
      MpscAtomicArrayQueue<S> known = queue;
      if (known == null) {
        known = new MpscAtomicArrayQueue<>(Math.max(2, limit));
        queue = known;
      }
      return known;
    } finally {
      taking.unlock();
    }
  }
}
