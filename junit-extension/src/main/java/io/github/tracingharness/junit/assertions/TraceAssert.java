package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.server.StoredTrace;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a trace.
 *
 * @since 0.1.0
 */
public class TraceAssert extends AbstractTraceAssert<TraceAssert> {

  /** Creates assertions on a trace. */
  public TraceAssert(@Nullable StoredTrace actual) {
    super(actual, TraceAssert.class);
  }
}
