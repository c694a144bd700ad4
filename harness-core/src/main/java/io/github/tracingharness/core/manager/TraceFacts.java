package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application said of a trace as a whole. */
record TraceFacts(
    String traceId,
    TraceLocation location,
    @Nullable String clientRequestId,
    @Nullable String requestPreview,
    @Nullable String responsePreview,
    @Nullable TraceState state,
    String name,
    Map<String, String> tags,
    Map<String, String> metadata,
    List<PromptVersion> prompts) {}
