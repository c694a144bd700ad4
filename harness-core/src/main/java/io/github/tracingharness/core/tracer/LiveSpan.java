package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenSpan;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.TraceIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span that was started. May be used by any thread; a span that was made current is best ended by
 * the thread that started it. After its end every call is without effect.
 *
 * @since 0.1.0
 */
public final class LiveSpan implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(LiveSpan.class);

  private final Span otelSpan;
  private final @Nullable OpenSpan open;
  private final @Nullable Scope scope;
  private final AtomicBoolean ended = new AtomicBoolean();

  LiveSpan(Span otelSpan, @Nullable OpenSpan open, @Nullable Scope scope) {
    this.otelSpan = otelSpan;
    this.open = open;
    this.scope = scope;
  }

  /**
   * Returns the trace id, {@code tr-<32 hex>}, or {@code MLFLOW_NO_OP_SPAN_TRACE_ID} if the span is
   * not recorded.
   */
  public String traceId() {
    return open == null ? TraceIds.NO_OP_TRACE_ID : open.trace().traceId();
  }

  /** Returns the span id, 16 hex. */
  public String spanId() {
    return otelSpan.getSpanContext().getSpanId();
  }

  /** Returns the name; empty if the span is not recorded. */
  public String name() {
    return open == null ? "" : open.name();
  }

  /**
   * Returns the JSON text of an attribute that was set through this API, of the inputs
   * ({@code mlflow.spanInputs}) or the outputs ({@code mlflow.spanOutputs}); empty if there is
   * none.
   */
  public Optional<String> attribute(String key) {
    return open == null ? Optional.empty() : open.attribute(key);
  }

  /** Returns the OpenTelemetry span; attributes that are set on it keep their type. */
  public Span otelSpan() {
    return otelSpan;
  }

  /** Sets the inputs of the traced operation; any value, see {@link #setAttribute}. */
  public LiveSpan setInputs(@Nullable Object inputs) {
    return setAttribute(SpanAttributeKey.INPUTS, inputs);
  }

  /** Sets the outputs of the traced operation; any value, see {@link #setAttribute}. */
  public LiveSpan setOutputs(@Nullable Object outputs) {
    return setAttribute(SpanAttributeKey.OUTPUTS, outputs);
  }

  /**
   * Sets an attribute. Maps, collections, arrays, records, texts, numbers and booleans become JSON,
   * any other value its {@code toString()}.
   */
  public LiveSpan setAttribute(String key, @Nullable Object value) {
    return update("attribute", span -> span.setAttribute(Texts.wellFormed(key), value));
  }

  /** Sets the type, for example one of {@link io.github.tracingharness.core.trace.SpanType}. */
  public LiveSpan setSpanType(String type) {
    return update("type", span -> span.setType(type));
  }

  /** Sets the status. The description counts for {@link SpanStatusCode#ERROR} only. */
  public LiveSpan setStatus(SpanStatusCode code, @Nullable String description) {
    String message =
        code == SpanStatusCode.ERROR && description != null ? Texts.wellFormed(description) : "";
    return update("status", span -> span.setStatus(new SpanStatus(code, message)));
  }

  /**
   * Adds an event that happens now. Values that are no text, number, boolean or list of these
   * become JSON text.
   */
  public LiveSpan addEvent(String name, Map<String, ?> attributes) {
    return update("event", span -> otelSpan.addEvent(name, EventAttributes.of(attributes)));
  }

  /** Adds an event with its time in nanoseconds since 1970. */
  public LiveSpan addEvent(String name, Map<String, ?> attributes, long timeNs) {
    return update(
        "event",
        span ->
            otelSpan.addEvent(name, EventAttributes.of(attributes), timeNs, TimeUnit.NANOSECONDS));
  }

  /**
   * Records an exception: an event {@code exception} with message, type and stack trace, and the
   * status ERROR with the text {@code <Type>: <message>}, where the type is the class name without
   * its package.
   */
  public LiveSpan recordException(Throwable exception) {
    return update("exception", span -> {
      String type = Exceptions.typeOf(exception);
      String message = Exceptions.messageOf(exception);
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put("exception.message", message);
      attributes.put("exception.type", type);
      attributes.put("exception.stacktrace", Exceptions.stackTraceOf(exception));
      otelSpan.addEvent("exception", EventAttributes.of(attributes));
      span.fail(SpanStatus.error(type + ": " + message));
    });
  }

  /** Makes this span the current one until the scope is closed. */
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Scope makeCurrent() {
    return otelSpan.makeCurrent();
  }

  /**
   * Returns the updates of the trace that this span belongs to, whether or not the span is current.
   */
  public CurrentTrace trace() {
    return new CurrentTrace(open == null ? null : open.trace());
  }

  /** Ends the span now. A second end is without effect. */
  public void end() {
    if (ended.compareAndSet(false, true)) {
      leaveScope();
      otelSpan.end();
    }
  }

  /** Ends the span at a time in nanoseconds since 1970. A second end is without effect. */
  public void end(long endTimeNs) {
    if (ended.compareAndSet(false, true)) {
      leaveScope();
      otelSpan.end(endTimeNs, TimeUnit.NANOSECONDS);
    }
  }

  /** Ends the span, for use in try-with-resources. */
  @Override
  public void close() {
    end();
  }

  private void leaveScope() {
    if (scope != null) {
      scope.close();
    }
  }

  private LiveSpan update(String what, Consumer<OpenSpan> change) {
    if (open == null || ended.get()) {
      return this;
    }
    try {
      change.accept(open);
    } catch (RuntimeException e) {
      logger.warn("The {} of span {} is ignored: {}", what, spanId(), e.toString());
    }
    return this;
  }
}
