package io.github.tracingharness.core.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trace as a whole. Keys and values of the two maps have the lengths that the
 * wire allows: metadata 250 characters each, tags 250 and 4096.
 *
 * @param traceId trace id in MLflow's form
 * @param clientRequestId id that the application gave to the request, or null
 * @param location where the trace is stored
 * @param requestPreview short text of the request, or null
 * @param responsePreview short text of the response, or null
 * @param requestTimeMs start of the root span, milliseconds since 1970
 * @param executionDurationMs length of the root span in milliseconds, or null while it is open
 * @param state state of the trace
 * @param metadata facts that never change after the trace was logged
 * @param tags marks that may change later
 */
public record TraceInfo(
    String traceId,
    @Nullable String clientRequestId,
    TraceLocation location,
    @Nullable String requestPreview,
    @Nullable String responsePreview,
    long requestTimeMs,
    @Nullable Long executionDurationMs,
    TraceState state,
    Map<String, String> metadata,
    Map<String, String> tags) {

  /** Copies the maps. */
  public TraceInfo {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(state, "state");
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Returns this info with another location. */
  public TraceInfo withLocation(TraceLocation other) {
    return new TraceInfo(
        traceId,
        clientRequestId,
        other,
        requestPreview,
        responsePreview,
        requestTimeMs,
        executionDurationMs,
        state,
        metadata,
        tags);
  }

  /** Returns this info with more metadata; existing keys are replaced. */
  public TraceInfo withMetadata(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(more);
    return new TraceInfo(
        traceId,
        clientRequestId,
        location,
        requestPreview,
        responsePreview,
        requestTimeMs,
        executionDurationMs,
        state,
        all,
        tags);
  }

  /** Returns the tree of the body of a start-trace request, without its wrapper. */
  public Map<String, @Nullable Object> toWireTree() {
    Map<String, @Nullable Object> tree = commonTree();
    if (location instanceof TraceLocation.UnityCatalog) {
      // The location is part of the request's path and body already.
      tree.put("trace_id", TraceIds.hex(traceId));
    }
    if (executionDurationMs != null) {
      tree.put("execution_duration", WireTime.duration(executionDurationMs));
    }
    return tree;
  }

  /**
   * Returns the tree that MLflow's {@code Trace.to_json} writes: the duration is a number of
   * milliseconds.
   */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = commonTree();
    if (executionDurationMs != null) {
      tree.put("execution_duration_ms", executionDurationMs);
    }
    return tree;
  }

  private Map<String, @Nullable Object> commonTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("trace_id", traceId);
    if (clientRequestId != null) {
      tree.put("client_request_id", clientRequestId);
    }
    tree.put("trace_location", location.toTree());
    if (requestPreview != null) {
      tree.put("request_preview", requestPreview);
    }
    if (responsePreview != null) {
      tree.put("response_preview", responsePreview);
    }
    tree.put("request_time", WireTime.timestamp(requestTimeMs));
    tree.put("state", state.name());
    tree.put("trace_metadata", metadata);
    tree.put("tags", tags);
    return tree;
  }
}
