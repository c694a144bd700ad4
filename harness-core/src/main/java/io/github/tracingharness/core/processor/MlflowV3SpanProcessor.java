package io.github.tracingharness.core.processor;

import io.github.tracingharness.core.manager.OpenSpan;
import io.github.tracingharness.core.manager.TraceManager;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every span to the trace manager. Nothing that goes wrong here reaches the traced code. */
public final class MlflowV3SpanProcessor implements SpanProcessor {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanProcessor.class);

  private final TraceManager manager;
  private final @Nullable BiConsumer<Span, OpenSpan> beforeExport;

  /**
   * Creates a processor in front of a trace manager.
   *
   * @param beforeExport is given every span at its end, while its MLflow attributes can still be
   *     changed; or null
   */
  public MlflowV3SpanProcessor(
      TraceManager manager, @Nullable BiConsumer<Span, OpenSpan> beforeExport) {
    this.manager = manager;
    this.beforeExport = beforeExport;
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    if (!span.getSpanContext().isSampled() || Inquiry.isIn(parentContext)) {
      // An application's own sampler may want a span to be recorded but not exported.
      return;
    }
    try {
      SpanNote note = SpanNote.of(parentContext);
      Long givenStartNs = note == null ? null : note.givenStartNs();
      OpenSpan open = manager.spanStarted(parentContext, span, note != null, givenStartNs);
      if (note != null) {
        note.answer(open);
      }
    } catch (RuntimeException e) {
      logger.warn("Failed to start span {}: the span is not recorded", span.getName(), e);
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    try {
      // Spans of the SDK can be written to as well.
      if (beforeExport != null && span instanceof Span writable) {
        manager.span(span.getSpanContext()).ifPresent(open -> beforeExport.accept(writable, open));
      }
      manager.spanEnded(span);
    } catch (RuntimeException e) {
      logger.warn("Failed to end span {}", span.getName(), e);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
