package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.ArtifactStore;
import io.github.tracingharness.server.state.SpanEntry;
import io.github.tracingharness.server.state.SpanIngest;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what the stores know of a trace. */
final class TraceReader {

  private final TrackingState state;

  TraceReader(TrackingState state) {
    this.state = state;
  }

  StoredTrace read(TraceEntry entry) {
    List<StoredSpan> spans = new ArrayList<>();
    StoredTrace.SpansFrom from = StoredTrace.SpansFrom.NOWHERE;
    if (!entry.spans().isEmpty()) {
      from = inCatalog(entry)
          ? StoredTrace.SpansFrom.UNITY_CATALOG
          : StoredTrace.SpansFrom.TRACKING_STORE;
      entry.orderedSpans().forEach(span -> spans.add(stored(span)));
    } else {
      Optional<JsonNode> artifact = artifact(entry);
      if (artifact.isPresent()) {
        from = StoredTrace.SpansFrom.ARTIFACT;
        artifact.get().path("spans").forEach(span -> spans.add(stored(span)));
      }
    }
    return new StoredTrace(
        entry.id(),
        entry.location(),
        Optional.ofNullable(entry.clientRequestId()),
        Instant.ofEpochMilli(entry.requestMillis()),
        Optional.ofNullable(entry.durationMillis()).map(Duration::ofMillis),
        entry.state().name(),
        entry.metadata(),
        entry.tags(),
        Optional.ofNullable(entry.requestPreview()),
        Optional.ofNullable(entry.responsePreview()),
        entry.infoStarted(),
        from,
        spans,
        entry.prompts().stream().map(link -> link.name() + "/" + link.version()).toList());
  }

  /**
   * Whether everything has arrived. After a start-trace call: the announced number of spans, or an
   * uploaded file. Without one: an ended root, unless the spans come from an MLflow client, which
   * will still call start-trace. In Unity Catalog an info always comes.
   */
  boolean isComplete(TraceEntry entry) {
    if (entry.infoStarted()) {
      int announced = SpanIngest.announcedSpans(entry).orElse(1);
      return entry.spans().size() >= Math.max(1, announced) || artifact(entry).isPresent();
    }
    return !inCatalog(entry)
        && !entry.mlflowSpans()
        && entry.spans().values().stream().anyMatch(span -> span.isRoot() && span.endNanos() != 0);
  }

  private static boolean inCatalog(TraceEntry entry) {
    return entry.location() instanceof TraceLocation.UnityCatalog;
  }

  private Optional<JsonNode> artifact(TraceEntry entry) {
    return ArtifactStore.folder(entry.tags().get(TraceKeys.ARTIFACT_LOCATION))
        .flatMap(folder -> state.artifacts().get(folder + "/traces.json"))
        .flatMap(Json::read);
  }

  static StoredSpan stored(SpanEntry span) {
    return new StoredSpan(
        span.spanId(),
        span.parentId(),
        span.name(),
        span.startNanos(),
        span.endNanos(),
        span.status().code().name(),
        span.status().message(),
        span.attributes(),
        span.events().stream()
            .map(event -> new StoredSpan.Event(event.name(), event.timeNanos(), event.attributes()))
            .toList(),
        span.links().stream()
            .map(link -> new StoredSpan.Link(link.traceId(), link.spanId(), link.attributes()))
            .toList());
  }

  private static StoredSpan stored(JsonNode span) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attribute : span.path("attributes").properties()) {
      JsonNode value = attribute.getValue();
      attributes.put(
          attribute.getKey(),
          value.isTextual() ? value.textValue() : JsonLayout.SPACED.write(value, false));
    }
    String code = span.path("status").path("code").asText("UNSET");
    return new StoredSpan(
        String.valueOf(hex(span.path("span_id"))),
        hex(span.path("parent_span_id")),
        span.path("name").asText(),
        span.path("start_time_unix_nano").asLong(),
        span.path("end_time_unix_nano").asLong(),
        code.replace("STATUS_CODE_", ""),
        span.path("status").path("message").asText(""),
        attributes,
        events(span.path("events")),
        links(span.path("links")));
  }

  private static List<StoredSpan.Event> events(JsonNode nodes) {
    List<StoredSpan.Event> events = new ArrayList<>();
    for (JsonNode node : nodes) {
      events.add(new StoredSpan.Event(
          node.path("name").asText(),
          node.path("time_unix_nano").asLong(),
          plain(node.path("attributes"))));
    }
    return events;
  }

  private static List<StoredSpan.Link> links(JsonNode nodes) {
    List<StoredSpan.Link> links = new ArrayList<>();
    for (JsonNode node : nodes) {
      links.add(new StoredSpan.Link(
          node.path("trace_id").asText(),
          node.path("span_id").asText(),
          plain(node.path("attributes"))));
    }
    return links;
  }

  private static Map<String, @Nullable Object> plain(JsonNode attributes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      values.put(
          attribute.getKey(),
          PythonJson.loads(JsonLayout.SPACED.write(attribute.getValue(), false)));
    }
    return values;
  }

  /** Ids are base64 in the file. */
  private static @Nullable String hex(JsonNode id) {
    if (!id.isTextual() || id.textValue().isEmpty()) {
      return null;
    }
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(id.textValue()));
    } catch (IllegalArgumentException notBase64) {
      return id.textValue();
    }
  }
}
