package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.TraceTagKey;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A trace that the server knows.
 *
 * @param traceId id that the server uses for it
 * @param tags tags that the server answered
 */
public record StartedTrace(String traceId, Map<String, String> tags) {

  /** Copies the tags. */
  public StartedTrace {
    Objects.requireNonNull(traceId, "traceId");
    tags = Map.copyOf(tags);
  }

  /** Tells whether the server keeps the spans itself, so that nothing is to be uploaded. */
  public boolean spansAreInTrackingStore() {
    return TraceTagKey.SPANS_IN_TRACKING_STORE.equals(tags.get(TraceTagKey.SPANS_LOCATION));
  }

  /** Returns where the server wants the spans to be uploaded. */
  Optional<String> artifactLocation() {
    return Optional.ofNullable(tags.get(TraceTagKey.ARTIFACT_LOCATION));
  }
}
