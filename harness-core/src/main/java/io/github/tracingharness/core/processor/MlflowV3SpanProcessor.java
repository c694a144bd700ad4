package io.github.tracingharness.core.processor;

import io.github.tracingharness.core.manager.OpenSpan;
import io.github.tracingharness.core.manager.TraceManager;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every span to the trace manager. Nothing that goes wrong here reaches the traced code. */
public final class MlflowV3SpanProcessor implements SpanProcessor {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanProcessor.class);

  private final TraceManager manager;

  /** Creates a processor in front of a trace manager. */
  public MlflowV3SpanProcessor(TraceManager manager) {
    this.manager = manager;
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
