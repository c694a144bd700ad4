package io.github.tracingharness.server.state;

import io.github.tracingharness.core.trace.TraceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trace while it is changed; used by one thread. */
final class TraceDraft {

  final String id;
  TraceLocation location;

  @Nullable
  String clientRequestId;

  long requestMillis;

  @Nullable
  Long durationMillis;

  TraceState state;
  final Map<String, String> metadata;
  final Map<String, String> tags;

  @Nullable
  String requestPreview;

  @Nullable
  String responsePreview;

  boolean infoStarted;
  boolean mlflowSpans;
  final Map<String, SpanEntry> spans;
  final List<PromptLink> prompts;
  final Set<String> runs;
  final List<Assessment> assessments;

  TraceDraft(String id, TraceLocation location) {
    this.id = id;
    this.location = location;
    this.state = TraceState.STATE_UNSPECIFIED;
    this.metadata = new LinkedHashMap<>();
    this.tags = new LinkedHashMap<>();
    this.spans = new LinkedHashMap<>();
    this.prompts = new ArrayList<>();
    this.runs = new HashSet<>();
    this.assessments = new ArrayList<>();
  }

  TraceDraft(TraceEntry entry) {
    this.id = entry.id();
    this.location = entry.location();
    this.clientRequestId = entry.clientRequestId();
    this.requestMillis = entry.requestMillis();
    this.durationMillis = entry.durationMillis();
    this.state = entry.state();
    this.metadata = new LinkedHashMap<>(entry.metadata());
    this.tags = new LinkedHashMap<>(entry.tags());
    this.requestPreview = entry.requestPreview();
    this.responsePreview = entry.responsePreview();
    this.infoStarted = entry.infoStarted();
    this.mlflowSpans = entry.mlflowSpans();
    this.spans = new LinkedHashMap<>(entry.spans());
    this.prompts = new ArrayList<>(entry.prompts());
    this.runs = new HashSet<>(entry.runs());
    this.assessments = new ArrayList<>(entry.assessments());
  }

  TraceEntry done() {
    return new TraceEntry(
        id,
        location,
        clientRequestId,
        requestMillis,
        durationMillis,
        state,
        metadata,
        tags,
        requestPreview,
        responsePreview,
        infoStarted,
        mlflowSpans,
        spans,
        prompts,
        runs,
        assessments);
  }
}
