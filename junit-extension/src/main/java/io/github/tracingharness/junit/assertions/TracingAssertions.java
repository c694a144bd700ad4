package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Entry to the assertions on traces. It also has all of AssertJ's own, so that one static import
 * serves a test.
 *
 * <pre>{@code
 * import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
 *
 * assertThat(traces.awaitTrace())
 *     .hasState(TraceState.OK)
 *     .hasRoot("answer")
 *     .hasSpan("retrieve", span -> span.hasParent("answer").hasType(SpanType.RETRIEVER));
 * }</pre>
 *
 * @since 0.1.0
 */
public class TracingAssertions extends Assertions {

  /** For subclasses that add entries of their own. */
  protected TracingAssertions() {}

  /** Begins assertions on a trace. */
  public static TraceAssert assertThat(@Nullable StoredTrace actual) {
    return new TraceAssert(actual);
  }

  /** Begins assertions on a span; see {@link SpanAssert} for its parent. */
  public static SpanAssert assertThat(@Nullable StoredSpan actual) {
    return new SpanAssert(actual);
  }

  /** Begins assertions on traces. */
  public static TracesAssert assertThatTraces(@Nullable List<? extends StoredTrace> actual) {
    return new TracesAssert(actual);
  }

  /** Begins assertions on what was delivered. */
  public static ExportsAssert assertThat(@Nullable Exports actual) {
    return new ExportsAssert(actual);
  }

  /**
   * Returns the spans of a trace in the form of OpenTelemetry's SDK, roots first, for the
   * assertions of {@code opentelemetry-sdk-testing}.
   *
   * <pre>{@code
   * OpenTelemetryAssertions.assertThat(spanData(traces.awaitTrace()).get(0))
   *     .hasName("answer")
   *     .hasAttribute(AttributeKey.longKey("score"), 7L);
   * }</pre>
   *
   * <p>Trace ids are the 32 digits without MLflow's prefix. An attribute has the type of its JSON
   * text; objects, mixed arrays and null stay JSON text. Servers keep neither resource nor scope,
   * and {@link StoredSpan} has no kind: these have OpenTelemetry's defaults.
   */
  public static List<SpanData> spanData(StoredTrace trace) {
    return StoredSpanData.of(trace);
  }
}
