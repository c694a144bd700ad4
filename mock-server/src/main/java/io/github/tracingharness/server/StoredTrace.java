package io.github.tracingharness.server;

import io.github.tracingharness.core.trace.TraceLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trace as the server has it at one moment.
 *
 * @param traceId the trace id as the client gave it; {@code tr-} and 32 hexadecimal digits; or in
 *     Unity Catalog {@code trace:/<location>/<32 digits>}
 * @param location where it is stored
 * @param clientRequestId the client's own id
 * @param requestTime the start, in milliseconds
 * @param executionDuration the duration, empty while it is unknown
 * @param state {@code OK}, {@code ERROR}, {@code IN_PROGRESS} or {@code STATE_UNSPECIFIED}
 * @param metadata the trace metadata
 * @param tags the tags
 * @param requestPreview the preview of the inputs
 * @param responsePreview the preview of the outputs
 * @param infoStarted whether a start-trace call named it, or its info came to Unity Catalog
 * @param spansFrom where the spans come from
 * @param spans the spans, roots first, then by start
 * @param prompts the linked prompt versions, as {@code name/version}
 * @since 0.1.0
 */
public record StoredTrace(
    String traceId,
    TraceLocation location,
    Optional<String> clientRequestId,
    Instant requestTime,
    Optional<Duration> executionDuration,
    String state,
    Map<String, String> metadata,
    Map<String, String> tags,
    Optional<String> requestPreview,
    Optional<String> responsePreview,
    boolean infoStarted,
    SpansFrom spansFrom,
    List<StoredSpan> spans,
    List<String> prompts) {

  /** Where the spans of a trace were found. */
  public enum SpansFrom {
    /** Nowhere yet. */
    NOWHERE,
    /** In the server's store, received by OTLP. */
    TRACKING_STORE,
    /** In an uploaded {@code traces.json}. */
    ARTIFACT,
    /** In the table of Unity Catalog that belongs to the trace's location. */
    UNITY_CATALOG
  }

  /** Copies the collections. */
  public StoredTrace {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    spans = List.copyOf(spans);
    prompts = List.copyOf(prompts);
  }

  /**
   * The experiment that the trace belongs to.
   *
   * @return its id; empty for a trace in Unity Catalog
   */
  public String experimentId() {
    return location instanceof TraceLocation.Experiment experiment ? experiment.experimentId() : "";
  }

  /**
   * The table of Unity Catalog that the spans are in.
   *
   * @return its full name; empty for a trace in an experiment
   */
  public Optional<String> spansTable() {
    return location instanceof TraceLocation.UnityCatalog catalog
        ? Optional.of(catalog.spansTable())
        : Optional.empty();
  }

  /**
   * Finds the first span of a name.
   *
   * @param name the span's name
   * @return the span, or empty
   */
  public Optional<StoredSpan> span(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst();
  }

  /**
   * Finds the span without a parent.
   *
   * @return the first root, or empty
   */
  public Optional<StoredSpan> root() {
    return spans.stream().filter(span -> span.parentId() == null).findFirst();
  }
}
