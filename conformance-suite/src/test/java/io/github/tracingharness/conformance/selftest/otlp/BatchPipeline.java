package io.github.tracingharness.conformance.selftest.otlp;

import io.github.tracingharness.conformance.subject.ExporterSubject.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A queue of finished spans and the one thread that exports them, in batches, one at a time.
 *
 * <p>Spans are counted: a flush waits until as many are done as had been added when it began.
 */
final class BatchPipeline {

  private final Settings.Batching settings;
  private final PipelineRules rules;
  private final ModelExporter exporter;
  private final Diagnostics log;
  private final Thread worker;

  private final Object lock = new Object();
  private final Deque<ModelSpan> queue = new ArrayDeque<>();
  private long added;
  private long handedOut;
  private long done;
  private long doneAtLastFailure = -1;
  private long flushUntil;
  private long lastLeft = System.nanoTime();
  private boolean toldOfDrops;
  private boolean shutdown;
  private boolean ended;

  BatchPipeline(
      Settings.Batching settings, PipelineRules rules, ModelExporter exporter, Diagnostics log) {
    this.settings = settings;
    this.rules = rules;
    this.exporter = exporter;
    this.log = log;
    this.worker = new Thread(this::exportUntilEnd, "otlp-model-batches");
    worker.setDaemon(true);
    worker.start();
  }

  /** Takes a finished span. */
  void onEnd(ModelSpan span) {
    if (!rules.exports(span.sampled())) {
      return;
    }
    synchronized (lock) {
      if (shutdown) {
        rules.late();
        if (!rules.takesSpansAfterShutdown()) {
          return;
        }
      }
      while (rules.waitsForRoom() && queue.size() >= settings.maxQueue() && !ended) {
        waitFor(Deadline.NONE);
      }
      if (rules.hasRoom(queue.size(), settings.maxQueue())) {
        queue.add(span);
        added++;
        lock.notifyAll();
      } else if (!toldOfDrops) {
        toldOfDrops = true;
        log.warn("the queue is full; spans are dropped from now on");
      }
    }
  }

  private void exportUntilEnd() {
    for (List<ModelSpan> batch = next(); !batch.isEmpty(); batch = next()) {
      export(batch);
    }
  }

  private void export(List<ModelSpan> batch) {
    ExportResult result = exporter.export(batch, rules.exportLimit(settings.exportTimeoutMillis()));
    synchronized (lock) {
      done += batch.size();
      if (!result.success()) {
        doneAtLastFailure = done;
      }
      if (rules.putsBack(result)) {
        queue.addAll(batch);
        added += batch.size();
      }
      lock.notifyAll();
    }
  }

  /** Waits for the next batch; it is empty at the end. */
  private List<ModelSpan> next() {
    synchronized (lock) {
      while (!ended && !mayLeave()) {
        waitFor(queue.isEmpty() ? Deadline.NONE : Deadline.in(untilDueMillis()));
      }
      return ended ? List.of() : take();
    }
  }

  private boolean mayLeave() {
    return !queue.isEmpty()
        && (rules.isFull(queue.size(), settings.maxBatch())
            || (flushUntil > handedOut && rules.flushesEarly())
            || untilDueMillis() <= 0);
  }

  private long untilDueMillis() {
    return rules.delayMillis(settings.delayMillis()) - (System.nanoTime() - lastLeft) / 1_000_000;
  }

  private List<ModelSpan> take() {
    List<ModelSpan> batch = new ArrayList<>();
    int size = rules.batchSize(queue.size(), settings.maxBatch());
    while (batch.size() < size) {
      batch.add(queue.remove());
    }
    handedOut += size;
    lastLeft = System.nanoTime();
    return batch;
  }

  /** Makes what was added until now leave, and waits for it. */
  Outcome flush(long timeoutMillis) {
    return drain(timeoutMillis, false);
  }

  private Outcome drain(long timeoutMillis, boolean atShutdown) {
    Deadline limit = atShutdown ? Deadline.in(timeoutMillis) : rules.flushLimit(timeoutMillis);
    long before;
    long target;
    List<ModelSpan> own = List.of();
    synchronized (lock) {
      before = done;
      target = atShutdown ? rules.shutdownTarget(added) : rules.flushTarget(added, handedOut);
      flushUntil = Math.max(flushUntil, atShutdown ? added : target);
      if (rules.flushExportsItself() && !queue.isEmpty()) {
        own = take();
      }
      lock.notifyAll();
    }
    if (!own.isEmpty()) {
      export(own);
    }
    synchronized (lock) {
      while (done < target && !ended) {
        if (limit.isOver() || !waitFor(limit)) {
          return Outcome.TIMEOUT;
        }
      }
      return doneAtLastFailure > before ? Outcome.FAILURE : Outcome.SUCCESS;
    }
  }

  /** Flushes once, then ends; later calls only wait for the end of the first. */
  Outcome shutdown(long timeoutMillis) {
    boolean first;
    synchronized (lock) {
      first = !shutdown;
      shutdown = true;
    }
    if (!first) {
      rules.late();
    }
    Outcome outcome = rules.shutdownFlushes() ? drain(timeoutMillis, true) : Outcome.SUCCESS;
    if (first) {
      exporter.shutdown();
      end();
    }
    return outcome;
  }

  /** Ends at once, whatever is queued. */
  void end() {
    if (rules.takesSpansAfterShutdown()) {
      return;
    }
    synchronized (lock) {
      shutdown = true;
      ended = true;
      queue.clear();
      lock.notifyAll();
    }
  }

  /** Waits for a change; false if the thread was interrupted. Under the lock, in a loop. */
  @SuppressWarnings("WaitNotInLoop") // All callers loop.
  private boolean waitFor(Deadline limit) {
    try {
      long nanos = Math.max(1, limit.leftNanos());
      lock.wait(Math.min(nanos / 1_000_000, 60_000), (int) (nanos % 1_000_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
      return false;
    }
  }
}
