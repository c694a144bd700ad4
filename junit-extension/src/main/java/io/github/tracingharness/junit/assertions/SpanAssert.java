package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a span.
 *
 * @since 0.1.0
 */
public class SpanAssert extends AbstractSpanAssert<SpanAssert> {

  /** Creates assertions on a span whose trace is not known. */
  public SpanAssert(@Nullable StoredSpan actual) {
    super(actual, null, SpanAssert.class);
  }

  /** Creates assertions on a span of a trace. */
  public SpanAssert(@Nullable StoredSpan actual, @Nullable StoredTrace trace) {
    super(actual, trace, SpanAssert.class);
  }
}
