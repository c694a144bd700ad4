package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where new traces are stored: where their context says, else where the pipeline says. */
public final class Destinations {

  private final ContextKey<TraceLocation> key = ContextKey.named("mlflow-trace-destination");
  private final TraceLocation otherwise;
  private volatile @Nullable TraceLocation chosen;

  /**
   * Creates the destinations of a pipeline.
   *
   * @param otherwise where traces are stored as long as no destination is named
   */
  public Destinations(TraceLocation otherwise) {
    this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
  }

  /** Sets where traces that start from now on are stored, unless their context says otherwise. */
  public void set(TraceLocation location) {
    chosen = Objects.requireNonNull(location, "location");
  }

  /** Returns a context whose new traces are stored in a location. */
  public Context attach(Context context, TraceLocation location) {
    return context.with(key, Objects.requireNonNull(location, "location"));
  }

  /** Returns where a trace that starts in a context is stored. */
  TraceLocation of(Context context) {
    TraceLocation own = context.get(key);
    if (own != null) {
      return own;
    }
    TraceLocation set = chosen;
    return set == null ? otherwise : set;
  }

  /** Tells whether the application named the destination of a trace that starts in a context. */
  boolean isChosen(Context context) {
    return context.get(key) != null || chosen != null;
  }
}
