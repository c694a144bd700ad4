package io.github.tracingharness.core.export;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of every trace and every span: created = delivered + dropped + pending at
 * every moment. Each trace and each span is counted as created once and as delivered or dropped at
 * most once; who hands it on stops counting it.
 */
public final class ExportLedger {

  private final Account traces = new Account();
  private final Account spans = new Account();

  /** Returns the account of the traces. */
  public Account traces() {
    return traces;
  }

  /** Returns the account of the spans. */
  public Account spans() {
    return spans;
  }

  /** Counts of one kind of things. */
  public static final class Account {

    private final LongAdder created = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);

    private Account() {
      for (DropReason reason : DropReason.values()) {
        dropped.put(reason, new AtomicLong());
      }
    }

    /** Counts one that was created. */
    public void created() {
      created.increment();
    }

    /** Counts some that reached the server. */
    public void delivered(long count) {
      delivered.add(count);
    }

    /** Counts some that were given up. */
    public void dropped(DropReason reason, long count) {
      count(reason).addAndGet(count);
    }

    /**
     * Returns the counts; what is settled is read before what was created, so that pending is never
     * negative.
     */
    public Counts counts() {
      Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
      dropped.forEach((reason, number) -> {
        long count = number.get();
        if (count > 0) {
          byReason.put(reason, count);
        }
      });
      long deliveredNow = delivered.sum();
      return new Counts(created.sum(), deliveredNow, byReason);
    }

    private AtomicLong count(DropReason reason) {
      return Objects.requireNonNull(dropped.get(reason));
    }
  }

  /**
   * Counts of one kind of things at one moment.
   *
   * @param created all there ever were
   * @param delivered those that reached the server
   * @param dropped those that were given up, by reason; reasons without any are absent
   */
  public record Counts(long created, long delivered, Map<DropReason, Long> dropped) {

    /** Copies the map. */
    public Counts {
      dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    /** Returns how many were given up for any reason. */
    public long droppedInAll() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many are neither delivered nor given up. */
    public long pending() {
      return created - delivered - droppedInAll();
    }
  }
}
