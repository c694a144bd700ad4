package io.github.tracingharness.core.processor;

import io.github.tracingharness.core.manager.OpenSpan;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Note from the tracer to the span processor that a span is made through MLflow's API; it brings
 * back the open span. Used by one thread during the start of one span.
 */
public final class SpanNote {

  private static final ContextKey<SpanNote> KEY = ContextKey.named("mlflow-span-note");

  private final @Nullable Long givenStartNs;
  private final @Nullable Double samplingRatio;
  private @Nullable OpenSpan span;

  /**
   * Creates a note.
   *
   * @param givenStartNs start time that the application gave, or null
   * @param samplingRatio sampling ratio that counts if the span is a root, or null
   */
  public SpanNote(@Nullable Long givenStartNs, @Nullable Double samplingRatio) {
    this.givenStartNs = givenStartNs;
    this.samplingRatio = samplingRatio;
  }

  /** Returns a parent context that carries this note. */
  public Context attachTo(Context parent) {
    return parent.with(KEY, this);
  }

  /** Returns the open span; empty if the span is not recorded. */
  public Optional<OpenSpan> span() {
    return Optional.ofNullable(span);
  }

  @Nullable
  Long givenStartNs() {
    return givenStartNs;
  }

  @Nullable
  Double samplingRatio() {
    return samplingRatio;
  }

  void answer(@Nullable OpenSpan opened) {
    span = opened;
  }

  static @Nullable SpanNote of(Context context) {
    return context.get(KEY);
  }
}
