package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.ExportThread;
import io.github.tracingharness.core.export.TraceExporter;
import io.github.tracingharness.core.export.TraceExporter.Target;
import io.github.tracingharness.core.trace.TraceContext;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the traces that are open and hands each to the exporter when it is complete. */
public final class TraceManager {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);
  private static final int OLDEST_AT_ONCE = 64;

  /** In a map that is small for few open traces, threads would meet in the locks of its bins. */
  private static final int ROOM_IN_MAP = 1024;

  private final ContextKey<TraceContext> contextKey = ContextKey.named("mlflow-trace-context");
  private final ConcurrentHashMap<String, OpenTrace> traces = new ConcurrentHashMap<>(ROOM_IN_MAP);
  private final AtomicLong sequence = new AtomicLong();

  /** The oldest open traces at the last search for them, in their order. */
  private final Deque<OpenTrace> oldest = new ArrayDeque<>();

  private final AtomicBoolean warnedOfShutdown = new AtomicBoolean();
  private final TraceExporter exporter;
  private final ExportLedger ledger;
  private final TraceAssembler assembler;
  private final Destinations destinations;
  private final TraceLimits limits;
  private final @Nullable TraceTimeouts timeouts;
  private volatile @Nullable String lastActiveTraceId;
  private final ThreadLocal<String> lastActiveTraceIdOfThread = new ThreadLocal<>();
  private volatile AttributeLimits attributeLimits = AttributeLimits.none();
  private volatile boolean enabled = true;
  private volatile boolean closed;

  /**
   * Creates a manager.
   *
   * @param environment metadata that every trace of the process has
   * @param databricks whether the server is a Databricks workspace
   */
  public TraceManager(
      Destinations destinations,
      Map<String, String> environment,
      boolean databricks,
      TraceLimits limits,
      TraceExporter exporter,
      ExportLedger ledger) {
    this.assembler = new TraceAssembler(environment, databricks);
    this.destinations = destinations;
    this.limits = limits;
    this.timeouts = limits
        .timeout()
        .map(timeout -> new TraceTimeouts(limits.checkInterval(), () -> endOverdue(timeout)))
        .orElse(null);
    this.exporter = exporter;
    this.ledger = ledger;
  }

  /**
   * Takes the start of a span.
   *
   * @param parent context in which the span starts; it may name the trace's destination
   * @param mlflow whether the span was started through MLflow's API
   * @param givenStartNs start time that the application gave, or null
   * @return the open span, or null if it is not recorded
   */
  public @Nullable OpenSpan spanStarted(
      Context parent, ReadableSpan span, boolean mlflow, @Nullable Long givenStartNs) {
    if (!takesSpans()) {
      return null;
    }
    if (closed) {
      warnOfShutdown(span.getName());
      return null;
    }
    String key = span.getSpanContext().getTraceId();
    OpenTrace trace = traces.get(key);
    OpenSpan known = trace == null ? null : trace.find(span.getSpanContext().getSpanId());
    if (known != null) {
      // The processor was added twice to one provider.
      return known;
    }
    boolean isRoot = !span.getParentSpanContext().isValid();
    ledger.spans().created();
    OpenSpan open = null;
    while (open == null) {
      if (trace == null) {
        // It has its first span before anybody else sees it, so it cannot be given up without one.
        OpenTrace fresh = open(key, parent, isRoot);
        OpenSpan first = fresh.start(span, isRoot, mlflow, givenStartNs, attributeLimits);
        trace = traces.putIfAbsent(key, fresh);
        if (trace == null) {
          if (isRoot) {
            ledger.traces().created();
          }
          open = first;
          break;
        }
      }
      open = trace.start(span, isRoot, mlflow, givenStartNs, attributeLimits);
      if (open == null) {
        // The trace was finished by another thread in this moment; the span then stands alone.
        traces.remove(key, trace);
        trace = traces.get(key);
      }
    }
    keepBound();
    if (timeouts != null) {
      timeouts.start();
    }
    return open;
  }

  /** Takes the end of a span and exports what is complete with it. */
  public void spanEnded(ReadableSpan span) {
    OpenTrace trace = traces.get(span.getSpanContext().getTraceId());
    OpenTrace.End end = trace == null ? null : trace.end(span);
    if (trace == null || end == null) {
      return;
    }
    if (!span.getParentSpanContext().isValid()) {
      lastActiveTraceId = trace.traceId();
      lastActiveTraceIdOfThread.set(trace.traceId());
    }
    try {
      trace.export().proceed(end.span());
    } finally {
      if (end.last()) {
        // Not before the executor has it: a flush looks here first, and then there.
        traces.remove(span.getSpanContext().getTraceId(), trace);
      }
    }
  }

  /** Returns where new traces are stored. */
  public Destinations destinations() {
    return destinations;
  }

  /** Returns the open trace that a span belongs to. */
  public Optional<OpenTrace> trace(SpanContext span) {
    return Optional.ofNullable(traces.get(span.getTraceId()));
  }

  /** Returns the span that is open, or that has ended in a trace that is open. */
  public Optional<OpenSpan> span(SpanContext span) {
    OpenTrace trace = traces.get(span.getTraceId());
    return trace == null ? Optional.empty() : trace.span(span.getSpanId());
  }

  /** Returns the id of the trace whose root span ended last, on any thread. */
  public Optional<String> lastActiveTraceId() {
    return Optional.ofNullable(lastActiveTraceId);
  }

  /** Returns the id of the trace whose root span ended last on this thread. */
  public Optional<String> lastActiveTraceIdOfThread() {
    return Optional.ofNullable(lastActiveTraceIdOfThread.get());
  }

  /** Sets the limits of spans that start from now on. */
  public void limit(AttributeLimits attributes) {
    attributeLimits = attributes;
  }

  /** Sets whether spans are recorded that start from now on. */
  public void enable(boolean on) {
    enabled = on;
  }

  /** Tells whether spans are recorded. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Tells whether spans are recorded that start now on this thread. */
  public boolean takesSpans() {
    return enabled && !ExportThread.isExporting();
  }

  /** Completes every trace whose root has ended and exports all spans that have ended. */
  public void flush(Deadline deadline) {
    for (OpenTrace trace : List.copyOf(traces.values())) {
      trace.completeWithOpenSpans();
      trace.export().flush(deadline);
    }
  }

  /** Takes no more spans. Those that are open may still end. */
  public void refuseSpans() {
    closed = true;
    if (timeouts != null) {
      timeouts.stop();
    }
  }

  /** Gives up every trace that is still open. */
  public void abandonOpenTraces() {
    long given = 0;
    for (OpenTrace trace : List.copyOf(traces.values())) {
      given += giveUp(trace, DropReason.NEVER_ENDED) ? 1 : 0;
    }
    if (given > 0) {
      logger.warn("{} traces are lost at shutdown because their root span was never ended", given);
    }
  }

  private void warnOfShutdown(String name) {
    if (warnedOfShutdown.compareAndSet(false, true)) {
      logger.warn("Tracing was shut down; span {} and those after it are not recorded", name);
    }
  }

  /** Returns a context whose new traces have more from their surroundings. */
  public Context attach(Context context, TraceContext surroundings) {
    return context.with(contextKey, contextOf(context).enclosing(surroundings));
  }

  private TraceContext contextOf(Context context) {
    TraceContext known = context.get(contextKey);
    return known == null ? TraceContext.empty() : known;
  }

  private OpenTrace open(String otelTraceId, Context parent, boolean ownRoot) {
    TraceLocation location = destinations.of(parent);
    String traceId = TraceIds.of(location, otelTraceId);
    OpenTrace trace = new OpenTrace(
        traceId,
        location,
        sequence.incrementAndGet(),
        ownRoot,
        exporter.begin(new Target(traceId, location, destinations.isChosen(parent), ownRoot)),
        assembler,
        limits.attachments());
    trace.take(contextOf(parent));
    return trace;
  }

  /** Ends roots that are open too long, and waits no longer for open children. */
  private void endOverdue(Duration timeout) {
    for (OpenTrace trace : List.copyOf(traces.values())) {
      if (!trace.isOlderThan(timeout)) {
        continue;
      }
      String message = "Trace " + trace.traceId() + " is timed out after "
          + timeout.toNanos() / 1e9 + " seconds. The operation may be stuck or take too long."
          + " MLFLOW_TRACE_TIMEOUT_SECONDS sets the limit.";
      trace.failRoot(message);
      if (trace.completeWithOpenSpans()) {
        trace.export().proceed(null);
      }
    }
  }

  private void keepBound() {
    while (traces.size() > limits.maxOpenTraces()) {
      OpenTrace trace = oldest();
      if (trace == null) {
        return;
      }
      if (trace.completeWithOpenSpans()) {
        trace.export().proceed(null);
      }
      if (giveUp(trace, DropReason.BUFFER_FULL)) {
        logger.warn(
            "More than {} traces are open; trace {}, the oldest, is given up."
                + " Are its spans ended? MLFLOW_TRACE_BUFFER_MAX_SIZE sets the limit.",
            limits.maxOpenTraces(),
            trace.traceId());
      }
    }
  }

  /**
   * Returns the oldest open trace. Those that come later are never older, so the search looks for
   * several at once; each new trace beyond the bound would otherwise look through all of them.
   */
  private @Nullable OpenTrace oldest() {
    synchronized (oldest) {
      OpenTrace next = oldest.poll();
      while (next != null && !isOpen(next)) {
        next = oldest.poll();
      }
      if (next == null) {
        traces.values().stream()
            .sorted(Comparator.comparingLong(OpenTrace::sequence))
            .limit(OLDEST_AT_ONCE)
            .forEach(oldest::add);
        next = oldest.poll();
      }
      return next;
    }
  }

  private boolean isOpen(OpenTrace trace) {
    return traces.get(TraceIds.hex(trace.traceId())) == trace;
  }

  /** Returns true if this call lost a trace. */
  private boolean giveUp(OpenTrace trace, DropReason reason) {
    if (!traces.remove(TraceIds.hex(trace.traceId()), trace)) {
      return false;
    }
    trace.abandon(reason);
    if (trace.isCompleted() || !trace.ownRoot()) {
      return false;
    }
    ledger.traces().dropped(reason, 1);
    return true;
  }
}
