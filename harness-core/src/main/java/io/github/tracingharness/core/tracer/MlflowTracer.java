package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenSpan;
import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.provider.ActiveSpans;
import io.github.tracingharness.core.trace.TraceContext;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes spans. One tracer serves all threads.
 *
 * <pre>{@code
 * try (LiveSpan span = tracer.startSpan("answer")) {
 *   span.setInputs(Map.of("question", question));
 *   String answer = model.answer(question);
 *   span.setOutputs(answer);
 *   tracer.currentTrace().tag("model", "m1");
 *   return answer;
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MlflowTracer {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracer.class);

  private final Tracer tracer;
  private final TraceManager manager;
  private final ActiveSpans spans;
  private final RemoteTraces remote;
  private final AtomicBoolean warnedOfStrangeSdk = new AtomicBoolean();

  /**
   * Creates a tracer; applications get theirs from {@code MlflowTracing.tracer()}.
   *
   * @param tracer OpenTelemetry tracer that makes the spans
   * @param manager trace manager of the pipeline
   * @param spans where the current span of the pipeline is
   */
  public MlflowTracer(Tracer tracer, TraceManager manager, ActiveSpans spans) {
    this.tracer = tracer;
    this.manager = manager;
    this.spans = spans;
    this.remote = new RemoteTraces(spans);
  }

  /** Starts a span as a child of the current one and makes it current; closing it ends it. */
  public LiveSpan startSpan(String name) {
    return spanBuilder(name).startSpan();
  }

  /** Describes a span before its start. */
  public SpanBuilder spanBuilder(String name) {
    return new SpanBuilder(this, name);
  }

  /**
   * Traces some work. What it throws is recorded on the span, whatever its type, and thrown again
   * as it is.
   *
   * @throws Exception what the work throws
   */
  public <T extends @Nullable Object> T trace(String name, Callable<T> work) throws Exception {
    LiveSpan span = startSpan(name);
    try {
      return work.call();
    } catch (Throwable e) {
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  /**
   * Traces some work without a result. What it throws is recorded on the span and thrown again as
   * it is.
   */
  public void trace(String name, Runnable work) {
    LiveSpan span = startSpan(name);
    try {
      work.run();
    } catch (Throwable e) {
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  /**
   * Returns work that is traced when it runs, on whatever thread, as a child of the span that is
   * current now.
   */
  public Runnable wrap(String name, Runnable work) {
    return Context.current().wrap(() -> trace(name, work));
  }

  /**
   * Returns work that is traced when it runs, on whatever thread, as a child of the span that is
   * current now.
   */
  public <T extends @Nullable Object> Callable<T> wrap(String name, Callable<T> work) {
    return Context.current().wrap(() -> trace(name, work));
  }

  /**
   * Returns work that is traced when it runs, on whatever thread, as a child of the span that is
   * current now; for {@code CompletableFuture.supplyAsync} and its like.
   */
  public <T extends @Nullable Object> Supplier<T> wrapSupplier(String name, Supplier<T> work) {
    return Context.current().wrapSupplier(() -> {
      LiveSpan span = startSpan(name);
      try {
        return work.get();
      } catch (Throwable e) {
        span.recordException(e);
        throw e;
      } finally {
        span.end();
      }
    });
  }

  /**
   * Traces work that goes on after the call has returned. The span is current during the call and
   * ends with the future; a future that fails or is cancelled leaves it with the status ERROR.
   *
   * @return the very future that the work returned
   */
  @SuppressWarnings("try") // The scope is only closed.
  public <T extends @Nullable Object> CompletableFuture<T> traceAsync(
      String name, Supplier<CompletableFuture<T>> work) {
    LiveSpan span = spanBuilder(name).startDetachedSpan();
    try (Scope scope = span.makeCurrent()) {
      CompletableFuture<T> future = work.get();
      CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
        if (failure != null) {
          span.recordException(cause(failure));
        }
        span.end();
      });
      return future;
    } catch (Throwable e) {
      span.recordException(e);
      span.end();
      throw e;
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * Returns the current span, whether made through this API or through OpenTelemetry's; empty if
   * there is none that is recorded. To end it is for whoever started it.
   */
  public Optional<LiveSpan> currentSpan() {
    Span span = spans.in(Context.current());
    return manager.span(span.getSpanContext()).map(open -> new LiveSpan(span, open, null));
  }

  /** Returns the updates of the current span's trace. */
  public CurrentTrace currentTrace() {
    SpanContext span = spans.in(Context.current()).getSpanContext();
    return new CurrentTrace(manager.trace(span).orElse(null));
  }

  /**
   * Has traces that start in the current context, until the scope is closed, stored in a location.
   * It wins over the destination of the whole pipeline and goes where the context goes, for example
   * to the threads of a wrapped executor.
   */
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope useDestination(TraceLocation location) {
    return manager.destinations().attach(Context.current(), location).makeCurrent();
  }

  /**
   * Has traces that start in the current context, until the scope is closed, carry tags and
   * metadata, whatever code starts them. Scopes may be nested; the inner one's values win. It goes
   * where the context goes, for example to the threads of a wrapped executor.
   */
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope useTraceContext(TraceContext context) {
    return manager.attach(Context.current(), context).makeCurrent();
  }

  /** Returns the id of the trace whose root span ended last, on any thread. */
  public Optional<String> lastActiveTraceId() {
    return manager.lastActiveTraceId();
  }

  /** Returns the id of the trace whose root span ended last on this thread. */
  public Optional<String> lastActiveTraceIdOfThread() {
    return manager.lastActiveTraceIdOfThread();
  }

  /**
   * Returns the HTTP headers that let another process continue the current trace: W3C's
   * {@code traceparent}, and {@code tracestate} if there is one. Without a current span they are
   * empty, with a warning.
   */
  public Map<String, String> tracingContextHeaders() {
    return remote.headers(Context.current());
  }

  /**
   * Continues the trace of another process until the scope is closed: spans that start meanwhile
   * are children of its span. Only they are sent; the trace itself is its first process's business.
   * If that process does not record the trace, nothing is recorded here. A malformed
   * {@code traceparent} is ignored with a warning, and the next span starts a trace of its own.
   *
   * @param headers headers of an HTTP request; upper and lower case do not matter
   * @throws IllegalArgumentException if there is no header {@code traceparent}
   */
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope continueTrace(Map<String, String> headers) {
    return remote.contextOf(headers, Context.current()).makeCurrent();
  }

  Tracer otel() {
    return tracer;
  }

  Context parentContext(@Nullable LiveSpan parent, boolean root) {
    Context current = Context.current();
    if (root) {
      return spans.withoutSpan(current);
    }
    return parent == null ? current : spans.with(current, parent.otelSpan());
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed by the end of the span.
  LiveSpan started(Span span, @Nullable OpenSpan open, boolean current) {
    if (open == null
        && span.isRecording()
        && manager.takesSpans()
        && warnedOfStrangeSdk.compareAndSet(false, true)) {
      logger.warn("The spans of this tracer are not recorded by MLflow: tracing was shut down, or"
          + " MlflowTracing.spanProcessor() was not added to the OpenTelemetry SDK that makes"
          + " them");
    }
    return new LiveSpan(span, open, current ? span.makeCurrent() : null);
  }
}
