package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.List;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Soft assertions on traces, to be mixed into soft assertions of one's own.
 *
 * @since 0.1.0
 */
public interface TracingSoftAssertionsProvider extends SoftAssertionsProvider {

  /** Begins soft assertions on a trace. */
  default TraceAssert assertThat(@Nullable StoredTrace actual) {
    return proxy(TraceAssert.class, StoredTrace.class, actual);
  }

  /** Begins soft assertions on a span; see {@link SpanAssert#inTrace} for its parent. */
  default SpanAssert assertThat(@Nullable StoredSpan actual) {
    return proxy(SpanAssert.class, StoredSpan.class, actual);
  }

  /** Begins soft assertions on traces. */
  @SuppressWarnings("unchecked")
  default TracesAssert assertThatTraces(@Nullable List<? extends StoredTrace> actual) {
    return proxy(
        TracesAssert.class, (Class<List<? extends StoredTrace>>) (Class<?>) List.class, actual);
  }

  /** Begins soft assertions on what was delivered. */
  default ExportsAssert assertThat(@Nullable Exports actual) {
    return proxy(ExportsAssert.class, Exports.class, actual);
  }
}
