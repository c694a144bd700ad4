package io.github.tracingharness.server.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a start-trace call says of a trace. A null member was not sent.
 *
 * @param traceId the trace id, anything
 * @param experimentId the experiment
 * @param clientRequestId the client's own id
 * @param requestMillis the start in milliseconds since 1970
 * @param durationMillis the duration
 * @param state the state
 * @param metadata metadata to add or replace
 * @param tags tags to add or replace
 * @param requestPreview the preview of the inputs
 * @param responsePreview the preview of the outputs
 * @param assessments assessments to add
 */
public record StartTrace(
    String traceId,
    String experimentId,
    @Nullable String clientRequestId,
    long requestMillis,
    @Nullable Long durationMillis,
    TraceState state,
    Map<String, String> metadata,
    Map<String, String> tags,
    @Nullable String requestPreview,
    @Nullable String responsePreview,
    List<Assessment> assessments) {

  /** Copies the assessments. */
  public StartTrace {
    assessments = List.copyOf(assessments);
  }
}
