package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Objects;

/** Where new traces are stored: where their context says, else where the pipeline says. */
public final class Destinations {

  private final ContextKey<TraceLocation> key = ContextKey.named("mlflow-trace-destination");
  private volatile TraceLocation pipeline;

  /** Creates the destinations of a pipeline. */
  public Destinations(TraceLocation pipeline) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
  }

  /** Sets where traces that start from now on are stored, unless their context says otherwise. */
  public void set(TraceLocation location) {
    pipeline = Objects.requireNonNull(location, "location");
  }

  /** Returns a context whose new traces are stored in a location. */
  public Context attach(Context context, TraceLocation location) {
    return context.with(key, Objects.requireNonNull(location, "location"));
  }

  /** Returns where a trace that starts in a context is stored. */
  TraceLocation of(Context context) {
    TraceLocation own = context.get(key);
    return own == null ? pipeline : own;
  }
}
