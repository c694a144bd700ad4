package io.github.tracingharness.core.processor;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks which pipeline is behind an OpenTelemetry, however that is wrapped: a span is started whose
 * parent context carries the question, and the pipeline's sampler answers it and drops the span.
 */
public final class Inquiry {

  private static final ContextKey<Inquiry> KEY = ContextKey.named("mlflow-inquiry");

  /** Samplers of others drop a span whose parent is not sampled. */
  private static final Span UNSAMPLED = Span.wrap(SpanContext.createFromRemoteParent(
      "4d4c666c6f772d696e71756972792d2d",
      "4d4c666c6f772d2d",
      TraceFlags.getDefault(),
      TraceState.getDefault()));

  private @Nullable Object answer;

  private Inquiry() {}

  /** Returns the owner of the sampler behind a tracer; empty if no pipeline is there. */
  public static Optional<Object> ownerOf(Tracer tracer) {
    Inquiry inquiry = new Inquiry();
    // Never ended, so that nobody exports it.
    Span unused = tracer
        .spanBuilder("mlflow-inquiry")
        .setParent(Context.root().with(UNSAMPLED).with(KEY, inquiry))
        .startSpan();
    return Optional.ofNullable(inquiry.answer);
  }

  static boolean isIn(Context context) {
    return context.get(KEY) != null;
  }

  static void answer(Context context, Object owner) {
    Inquiry inquiry = context.get(KEY);
    if (inquiry != null) {
      inquiry.answer = owner;
    }
  }
}
