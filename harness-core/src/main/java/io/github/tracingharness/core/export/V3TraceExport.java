package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.StartedTrace;
import io.github.tracingharness.core.export.TraceExporter.Completion;
import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.export.TraceExporter.TraceExport;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Export of one trace. At most one thread works on it at a time and takes whatever was handed over
 * until nothing is left; in asynchronous mode it is therefore at most once in the queue.
 */
final class V3TraceExport implements TraceExport, ExportQueue.Task {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private static final int FEW_SPANS = 4;

  private final MlflowV3SpanExporter exporter;
  private final String traceId;
  private final TraceLocation location;
  private final boolean ownRoot;
  private final ReentrantLock working = new ReentrantLock();

  /** Guards all fields below; never held while the network is used. */
  private final Object lock = new Object();

  private List<EndedSpan> waiting = List.of();
  private List<EndedSpan> refused = List.of();
  private Set<String> settled = Set.of();

  /** What the waiting spans count for. */
  private long counted;

  private @Nullable Completion completion;
  private @Nullable DropReason givenUp;
  private boolean submitted;
  private boolean finished;

  /** Until it is known whether {@link #submitted} stays. */
  private final Offering offering = new Offering();

  V3TraceExport(
      MlflowV3SpanExporter exporter, String traceId, TraceLocation location, boolean ownRoot) {
    this.exporter = exporter;
    this.traceId = traceId;
    this.location = location;
    this.ownRoot = ownRoot;
  }

  private record Work(
      List<EndedSpan> spans, long counted, @Nullable Completion completion, boolean late) {}

  @Override
  public boolean keepsAttachments() {
    return ownRoot && exporter.keepsAttachments();
  }

  @Override
  public void spanEnded(EndedSpan ended) {
    synchronized (lock) {
      if (settled.contains(ended.spanId())) {
        logger.debug("Span {} of trace {} was exported before it ended", ended.spanId(), traceId);
      } else if (givenUp != null) {
        settle(List.of(ended), givenUp);
      } else {
        if (waiting.isEmpty()) {
          waiting = new ArrayList<>(FEW_SPANS);
        }
        waiting.add(ended);
        counted += exporter.executor().waitingSize().add(ended.size());
      }
    }
  }

  @Override
  public void completed(Completion complete) {
    synchronized (lock) {
      if (givenUp == null) {
        completion = complete;
      } else {
        exporter.ledger().traces().dropped(givenUp, 1);
      }
    }
  }

  @Override
  public void abandon(DropReason reason) {
    synchronized (lock) {
      giveUp(reason);
    }
  }

  @Override
  public void abandonSpans(Collection<String> spanIds, DropReason reason) {
    synchronized (lock) {
      settleIds(spanIds, reason);
    }
  }

  @Override
  public void proceed(@Nullable EndedSpan ended) {
    proceed(Deadline.never(), false);
  }

  @Override
  public void flush(Deadline deadline) {
    if (!exporter.executor().isSynchronous()) {
      // Another thread may be about to find that there is no room.
      offering.awaitEnd(deadline);
      proceed(deadline, true);
    } else if (deadline.tryLock(working)) {
      try {
        proceed(deadline, true);
      } finally {
        working.unlock();
      }
    }
  }

  private void proceed(Deadline deadline, boolean patient) {
    synchronized (lock) {
      // In synchronous mode a caller does not return before what it ended is exported, by whatever
      // thread.
      if (exporter.executor().isSynchronous()
          ? waiting.isEmpty() && completion == null && !submitted
          : submitted || (waiting.isEmpty() && completion == null)) {
        return;
      }
      boolean open = completion == null && !finished && ownRoot;
      if (open && !patient && exporter.executor().wouldDrop()) {
        // It keeps its spans and tries again with the next one.
        return;
      }
      submitted = true;
      offering.begin();
    }
    try {
      if (!patient && isTooLarge()) {
        reject(DropReason.QUEUE_FULL);
      } else {
        exporter.executor().submit(this, deadline, patient).ifPresent(this::reject);
      }
    } finally {
      offering.end();
    }
  }

  private boolean isTooLarge() {
    if (exporter.executor().isSynchronous()
        || !exporter.executor().waitingSize().isBeyondLimit()) {
      return false;
    }
    synchronized (lock) {
      return exporter.executor().waitingSize().isFull(counted);
    }
  }

  /**
   * A trace that is still open keeps its spans and tries again with the next one; a complete one is
   * lost.
   */
  private void reject(DropReason reason) {
    boolean lost;
    synchronized (lock) {
      submitted = false;
      lost = completion != null || finished || !ownRoot;
      if (completion != null) {
        drop(reason);
      } else if (lost) {
        settle(waiting, reason);
        forgetWaiting();
      }
    }
    if (lost) {
      exporter.executor().warnOfDrop(reason);
    }
  }

  @Override
  public void drop(DropReason reason) {
    synchronized (lock) {
      submitted = false;
      if (completion != null) {
        completion = null;
        exporter.ledger().traces().dropped(reason, 1);
      }
      giveUp(reason);
    }
  }

  @Override
  public void run(CallScope scope) {
    working.lock();
    ExportThread.enter();
    try {
      Work work = take();
      while (work != null) {
        try {
          export(work, scope);
        } finally {
          exporter.executor().waitingSize().remove(work.counted());
        }
        work = take();
      }
    } finally {
      ExportThread.leave();
      working.unlock();
    }
  }

  private @Nullable Work take() {
    synchronized (lock) {
      Completion complete = completion;
      if (waiting.isEmpty() && complete == null) {
        submitted = false;
        return null;
      }
      List<EndedSpan> spans = joined(refused, waiting);
      refused = List.of();
      waiting = List.of();
      completion = null;
      Work work = new Work(spans, counted, complete, finished || !ownRoot);
      counted = 0;
      return work;
    }
  }

  private void export(Work work, CallScope scope) {
    try {
      Optional<TraceLocation> place =
          exporter.requests().resolve(location, traceId, work.completion() != null, scope);
      if (!work.spans().isEmpty()) {
        exportSpans(work, place, scope);
      }
      Completion complete = work.completion();
      if (complete != null) {
        finish(complete, place, scope);
      }
    } catch (RuntimeException | Error e) {
      logger.warn("Failed to export trace {}", traceId, e);
      synchronized (lock) {
        settle(work.spans(), DropReason.INTERNAL_ERROR);
        if (work.completion() != null && !finished) {
          exporter.ledger().traces().dropped(DropReason.INTERNAL_ERROR, 1);
          giveUp(DropReason.INTERNAL_ERROR);
        }
      }
    }
  }

  private void exportSpans(Work work, Optional<TraceLocation> place, CallScope scope) {
    boolean taken =
        place.isPresent() && exporter.logSpans(place.get(), values(work.spans()), scope);
    synchronized (lock) {
      if (taken) {
        settle(work.spans(), null);
      } else if (work.late()) {
        logger.warn(
            "{} spans of trace {} are lost: they ended after the trace was exported, or it belongs"
                + " to another process, and the server takes no single spans",
            work.spans().size(),
            traceId);
        settle(work.spans(), DropReason.TOO_LATE);
      } else if (givenUp != null) {
        settle(work.spans(), givenUp);
      } else {
        refused = joined(work.spans(), refused);
      }
    }
  }

  private void finish(Completion complete, Optional<TraceLocation> place, CallScope scope) {
    Trace assembled = complete.trace().get();
    if (place.isEmpty()) {
      close(DropReason.EXPERIMENT_UNKNOWN, unsettled(assembled, false));
      return;
    }
    Trace located = assembled.withInfo(assembled.info().withLocation(place.get()));
    // If it will be uploaded, as the one before was, sizes and text come from one pass.
    Optional<TraceDataText> text =
        exporter.uploads() ? Optional.of(TraceDataText.of(located.data())) : Optional.empty();
    Trace trace = text.map(written -> SizeStats.addTo(located, written))
        .orElseGet(() -> SizeStats.addTo(located));
    Optional<StartedTrace> started = exporter.requests().startTrace(trace, scope);
    if (started.isEmpty()) {
      close(DropReason.START_TRACE_FAILED, unsettled(trace, false));
      return;
    }
    exporter.setUploads(!started.get().spansAreInTrackingStore());
    if (started.get().spansAreInTrackingStore()) {
      List<Span> lost = unsettled(trace, false);
      if (!lost.isEmpty()) {
        logger.warn(
            "{} of {} spans of trace {} are lost: the server has the others but did not take these",
            lost.size(),
            trace.data().spans().size(),
            traceId);
      }
      synchronized (lock) {
        settleIds(ids(lost), DropReason.SPANS_REJECTED);
      }
      close(null, List.of());
    } else if (exporter
        .requests()
        .upload(started.get(), text.orElseGet(() -> TraceDataText.of(trace.data())), scope)) {
      close(null, unsettled(trace, true));
    } else {
      close(DropReason.UPLOAD_FAILED, unsettled(trace, true));
    }
    exporter.requests().uploadAttachments(started.get(), complete.attachments(), scope);
    exporter.requests().linkPrompts(started.get(), complete.prompts(), scope);
  }

  private List<Span> unsettled(Trace trace, boolean withOpen) {
    synchronized (lock) {
      return trace.data().spans().stream()
          .filter(span -> !settled.contains(span.spanId()))
          .filter(span -> withOpen || span.endTimeUnixNano().isPresent())
          .toList();
    }
  }

  /** Settles the trace with the last of its spans; null stands for delivered. */
  private void close(@Nullable DropReason reason, List<Span> last) {
    synchronized (lock) {
      settleIds(ids(last), reason);
      refused = List.of();
      finished = true;
      if (reason == null) {
        exporter.ledger().traces().delivered(1);
      } else {
        exporter.ledger().traces().dropped(reason, 1);
        // Spans that end later have no place there.
        giveUp(reason);
      }
    }
  }

  private void giveUp(DropReason reason) {
    if (givenUp == null) {
      givenUp = reason;
    }
    settle(refused, reason);
    settle(waiting, reason);
    refused = List.of();
    forgetWaiting();
  }

  private void forgetWaiting() {
    waiting = List.of();
    exporter.executor().waitingSize().remove(counted);
    counted = 0;
  }

  private static List<EndedSpan> joined(List<EndedSpan> first, List<EndedSpan> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<EndedSpan> all = new ArrayList<>(first.size() + second.size());
    all.addAll(first);
    all.addAll(second);
    return all;
  }

  private static List<Span> values(List<EndedSpan> spans) {
    List<Span> values = new ArrayList<>(spans.size());
    spans.forEach(span -> values.add(span.span()));
    return values;
  }

  private static List<String> ids(List<Span> spans) {
    return spans.stream().map(Span::spanId).toList();
  }

  /** Counts spans once, whatever happens to them afterwards; null stands for delivered. */
  private void settle(List<EndedSpan> spans, @Nullable DropReason reason) {
    long count = 0;
    for (EndedSpan span : spans) {
      count += settleOnce(span.spanId());
    }
    count(count, reason);
  }

  private void settleIds(Collection<String> spanIds, @Nullable DropReason reason) {
    long count = 0;
    for (String id : spanIds) {
      count += settleOnce(id);
    }
    count(count, reason);
  }

  private int settleOnce(String spanId) {
    if (settled.isEmpty()) {
      settled = new HashSet<>();
    }
    return settled.add(spanId) ? 1 : 0;
  }

  private void count(long count, @Nullable DropReason reason) {
    if (count == 0) {
      return;
    }
    if (reason == null) {
      exporter.ledger().spans().delivered(count);
    } else {
      exporter.ledger().spans().dropped(reason, count);
    }
  }
}
