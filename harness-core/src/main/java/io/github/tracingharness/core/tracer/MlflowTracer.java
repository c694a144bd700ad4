package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenTrace;
import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

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

  private final Tracer tracer;
  private final TraceManager manager;

  /**
   * Creates a tracer; applications get theirs from {@code MlflowTracing.tracer()}.
   *
   * @param tracer OpenTelemetry tracer of the pipeline
   * @param manager trace manager of the pipeline
   */
  public MlflowTracer(Tracer tracer, TraceManager manager) {
    this.tracer = tracer;
    this.manager = manager;
  }

  /** Starts a span as a child of the current one and makes it current; closing it ends it. */
  public LiveSpan startSpan(String name) {
    return spanBuilder(name).startSpan();
  }

  /** Describes a span before its start. */
  public SpanBuilder spanBuilder(String name) {
    return new SpanBuilder(tracer, name);
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

  /** Returns the updates of the current span's trace. */
  public CurrentTrace currentTrace() {
    OpenTrace trace = manager.trace(Span.current().getSpanContext()).orElse(null);
    return new CurrentTrace(trace);
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

  /** Returns the id of the trace whose root span ended last, on any thread. */
  public Optional<String> lastActiveTraceId() {
    return manager.lastActiveTraceId();
  }
}
