package io.github.tracingharness.server.state;

import io.github.tracingharness.core.trace.TraceLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One trace at one moment.
 *
 * @param id the trace id, whatever the client called it
 * @param location where it is stored
 * @param clientRequestId the client's own id, or null
 * @param requestMillis the start in milliseconds since 1970
 * @param durationMillis the duration, possibly negative, or null while it is unknown
 * @param state the state
 * @param metadata the metadata, not cut
 * @param tags the tags, not cut
 * @param requestPreview the preview of the inputs, or null
 * @param responsePreview the preview of the outputs, or null
 * @param infoStarted true once a start-trace call named it
 * @param mlflowSpans true once a span came that carries an attribute of MLflow's own clients
 * @param spans the stored spans by id, in order of arrival
 * @param prompts the linked prompt versions
 * @param runs the ids of the linked runs
 * @param assessments the assessments in the order in which they were made
 */
public record TraceEntry(
    String id,
    TraceLocation location,
    @Nullable String clientRequestId,
    long requestMillis,
    @Nullable Long durationMillis,
    TraceState state,
    Map<String, String> metadata,
    Map<String, String> tags,
    @Nullable String requestPreview,
    @Nullable String responsePreview,
    boolean infoStarted,
    boolean mlflowSpans,
    Map<String, SpanEntry> spans,
    List<PromptLink> prompts,
    Set<String> runs,
    List<Assessment> assessments) {

  private static final Comparator<SpanEntry> ROOTS_FIRST =
      Comparator.comparing(SpanEntry::isRoot).reversed().thenComparingLong(SpanEntry::startNanos);

  /** Copies the collections. */
  public TraceEntry {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    spans = Collections.unmodifiableMap(new LinkedHashMap<>(spans));
    prompts = List.copyOf(prompts);
    runs = Set.copyOf(runs);
    assessments = List.copyOf(assessments);
  }

  /**
   * The experiment that the trace belongs to.
   *
   * @return its id, empty for a trace in Unity Catalog
   */
  public String experimentId() {
    return location instanceof TraceLocation.Experiment experiment ? experiment.experimentId() : "";
  }

  /**
   * The stored spans as the server lists them.
   *
   * @return roots first, then by start
   */
  public List<SpanEntry> orderedSpans() {
    List<SpanEntry> ordered = new ArrayList<>(spans.values());
    ordered.sort(ROOTS_FIRST);
    return ordered;
  }

  /**
   * Tells whether spans are, or are said to be, in the store.
   *
   * @return true if the spans-location tag says so
   */
  public boolean storesSpans() {
    return TraceKeys.TRACKING_STORE.equals(tags.get(TraceKeys.SPANS_LOCATION));
  }

  /**
   * The end in milliseconds since 1970.
   *
   * @return start plus duration, or null while that is unknown
   */
  public @Nullable Long endMillis() {
    return durationMillis == null ? null : Long.valueOf(requestMillis + durationMillis);
  }

  TraceDraft edit() {
    return new TraceDraft(this);
  }
}
