package io.github.tracingharness.core.provider;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/** Finds and puts the current span of one pipeline in a context. */
public final class ActiveSpans {

  private static final ActiveSpans SHARED = new ActiveSpans(null, false);

  /** Null where OpenTelemetry's own key counts. */
  private final @Nullable ContextKey<Span> key;

  private final boolean alsoForOpenTelemetry;

  private ActiveSpans(@Nullable ContextKey<Span> key, boolean alsoForOpenTelemetry) {
    this.key = key;
    this.alsoForOpenTelemetry = alsoForOpenTelemetry;
  }

  /** The current span is OpenTelemetry's. */
  public static ActiveSpans shared() {
    return SHARED;
  }

  /**
   * The current span is one of the pipeline alone.
   *
   * @param alsoForOpenTelemetry whether a span that becomes current here becomes OpenTelemetry's
   *     current span too
   */
  public static ActiveSpans isolated(boolean alsoForOpenTelemetry) {
    return new ActiveSpans(ContextKey.named("mlflow-span"), alsoForOpenTelemetry);
  }

  /** Tells whether the pipeline's spans are kept apart from OpenTelemetry's. */
  public boolean isIsolated() {
    return key != null;
  }

  /** Returns the current span in a context; an invalid one if there is none. */
  public Span in(Context context) {
    if (key == null) {
      return Span.fromContext(context);
    }
    Span span = context.get(key);
    return span == null ? Span.getInvalid() : span;
  }

  /** Returns a context in which a span is the current one. */
  public Context with(Context context, Span span) {
    if (key == null) {
      return context.with(span);
    }
    Context own = context.with(key, span);
    return alsoForOpenTelemetry ? forOpenTelemetry(own, span) : own;
  }

  /** Returns a context in which no span is current; whatever else it carries stays. */
  public Context withoutSpan(Context context) {
    return key == null ? context.with(Span.getInvalid()) : context.with(key, Span.getInvalid());
  }

  /** Returns a context in which OpenTelemetry's own parts find the pipeline's current span. */
  public Context forOpenTelemetry(Context context) {
    return key == null ? context : forOpenTelemetry(context, in(context));
  }

  /** The wrapper keeps the span from going under the pipeline's key a second time. */
  private static Context forOpenTelemetry(Context context, Span span) {
    return context.with(span instanceof IsolatedSpan own ? own.plain() : span);
  }
}
