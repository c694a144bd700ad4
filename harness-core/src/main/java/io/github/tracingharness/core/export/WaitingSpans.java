package io.github.tracingharness.core.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The spans that wait for their batch, in their order, up to a limit that includes those that were
 * taken but are not settled. Adding takes no lock.
 *
 * @param <D> where a span is to go
 * @param <S> a span
 */
final class WaitingSpans<D, S> {

  private final int limit;

  /** Guards taking and putting back; never held while something is submitted. */
  private final ReentrantLock taking = new ReentrantLock();

  /** Made with the first span: most pipelines use one of their exporters only. */
  private volatile @Nullable MpscAtomicArrayQueue<Entry<D, S>> queue;

  /** Those that were taken once and found no room. */
  private final Deque<Entry<D, S>> back = new ArrayDeque<>(0);

  private volatile int backSize;

  /** Those in {@link #back} and those that were taken and are not settled. */
  private final AtomicInteger taken = new AtomicInteger();

  WaitingSpans(int limit) {
    this.limit = limit;
  }

  /** A span and where it is to go. */
  record Entry<D, S>(D destination, S span) {}

  /** Adds a span; returns false if there is no room. */
  boolean offer(D destination, S span) {
    MpscAtomicArrayQueue<Entry<D, S>> known = queue;
    return (known == null ? makeQueue() : known)
        .offerIfBelowThreshold(new Entry<>(destination, span), limit - taken.get());
  }

  /** Returns how many wait. */
  int size() {
    MpscAtomicArrayQueue<Entry<D, S>> known = queue;
    if (known == null) {
      return 0;
    }
    return known.size() + backSize;
  }

  /** Takes the oldest ones; they count until they are settled or put back. */
  List<Entry<D, S>> take(int most) {
    taking.lock();
    try {
      MpscAtomicArrayQueue<Entry<D, S>> known = queue;
      if (known == null) {
        return List.of();
      }
      int count = Math.min(most, back.size() + known.size());
      List<Entry<D, S>> entries = new ArrayList<>(count);
      while (entries.size() < count && !back.isEmpty()) {
        entries.add(back.remove());
      }
      backSize = back.size();
      int fresh = count - entries.size();
      // Said before they leave the queue, so that the limit holds at every moment.
      taken.addAndGet(fresh);
      for (int i = 0; i < fresh; i++) {
        // Unlike drain, this waits for a producer that has its place but has not filled it yet.
        entries.add(Objects.requireNonNull(known.poll()));
      }
      return entries;
    } finally {
      taking.unlock();
    }
  }

  /** Puts back the last that were taken. */
  void putBack(List<Entry<D, S>> entries) {
    if (entries.isEmpty()) {
      return;
    }
    taking.lock();
    try {
      for (int i = entries.size() - 1; i >= 0; i--) {
        back.addFirst(entries.get(i));
      }
      backSize = back.size();
    } finally {
      taking.unlock();
    }
  }

  /** Counts no longer some that were taken. */
  void settled(int count) {
    taken.addAndGet(-count);
  }

  private MpscAtomicArrayQueue<Entry<D, S>> makeQueue() {
    taking.lock();
    try {
      MpscAtomicArrayQueue<Entry<D, S>> known = queue;
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
