package io.github.tracingharness.server.state;

import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceLocation.UcTablePrefix;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Unity Catalog: tables of spans, to which rows are only added, and the infos of traces.
 *
 * <p>A trace consists of its info and of the rows in the one table that belongs to its location;
 * rows in other tables are not part of it. Thread-safe.
 */
public final class CatalogStore {

  private final Object lock = new Object();
  private final List<Row> rows = new ArrayList<>();
  private final Map<RowKey, List<SpanEntry>> spans = new LinkedHashMap<>();
  private final Map<String, TraceEntry> infos = new LinkedHashMap<>();
  private final Map<String, Set<PromptLink>> prompts = new LinkedHashMap<>();
  private final Map<String, UcTablePrefix> locations = new LinkedHashMap<>();

  CatalogStore() {}

  /**
   * A row of a table.
   *
   * @param table the full name of the table
   * @param span the span
   */
  public record Row(String table, SpanEntry span) {}

  private record RowKey(String table, String traceHex) {}

  /**
   * Adds the spans of a request to a table: all or none.
   *
   * @param table the full name of the table
   * @param request the request
   * @throws SpanIngest.UnusableSpanException if one span cannot be stored
   */
  public void add(String table, OtlpRequest request) throws SpanIngest.UnusableSpanException {
    List<SpanEntry> added = new ArrayList<>();
    for (OtlpSpan span : request.spans()) {
      SpanIngest.requireIds(span);
      Map<String, String> attributes = new LinkedHashMap<>();
      span.attributes()
          .forEach((key, value) ->
              attributes.put(key, JsonLayout.SPACED.write(AttributeText.node(value), false)));
      added.add(SpanIngest.entry(span, attributes));
    }
    synchronized (lock) {
      added.forEach(span -> add(new Row(table, span)));
    }
  }

  /**
   * Stores the info of a trace, in place of an older one.
   *
   * @param location where the trace is
   * @param traceHex the 32 hexadecimal digits of its id
   * @param said the info; its trace id and experiment are not looked at
   * @return the trace as it is then
   */
  public TraceEntry put(UnityCatalog location, String traceHex, StartTrace said) {
    TraceDraft draft = new TraceDraft(TraceIds.of(location, traceHex), location);
    draft.clientRequestId = said.clientRequestId();
    draft.requestMillis = said.requestMillis();
    draft.durationMillis = said.durationMillis();
    draft.state = said.state();
    draft.metadata.putAll(said.metadata());
    draft.tags.putAll(said.tags());
    draft.requestPreview = said.requestPreview();
    draft.responsePreview = said.responsePreview();
    draft.infoStarted = true;
    draft.assessments.addAll(said.assessments());
    synchronized (lock) {
      infos.put(draft.id, draft.done());
      return complete(infos.get(draft.id));
    }
  }

  /**
   * Sets a tag of a trace whose info has come.
   *
   * @param traceId the trace's id
   * @param key the tag's key
   * @param value its value
   * @return false if there is no such trace
   */
  public boolean setTag(String traceId, String key, String value) {
    return edit(traceId, draft -> draft.tags.put(key, value));
  }

  /**
   * Removes a tag.
   *
   * @param traceId the trace's id
   * @param key the tag's key
   * @return false if there is no such trace or tag
   */
  public boolean removeTag(String traceId, String key) {
    boolean[] removed = new boolean[1];
    edit(traceId, draft -> removed[0] = draft.tags.remove(key) != null);
    return removed[0];
  }

  private boolean edit(String traceId, Consumer<TraceDraft> change) {
    synchronized (lock) {
      return infos.computeIfPresent(traceId, (id, info) -> {
            TraceDraft draft = info.edit();
            change.accept(draft);
            return draft.done();
          })
          != null;
    }
  }

  /**
   * Finds a trace by its id, whether its info, its spans or both are there.
   *
   * @param traceId {@code trace:/<location>/<hex>}
   * @return the trace as it is now, or empty
   */
  public Optional<TraceEntry> find(String traceId) {
    return all().stream().filter(trace -> trace.id().equals(traceId)).findFirst();
  }

  /**
   * Lists all traces. Spans without an info make a trace of the location that their table belongs
   * to.
   *
   * @return the traces in order of arrival, those with an info first
   */
  public List<TraceEntry> all() {
    synchronized (lock) {
      List<TraceEntry> all = new ArrayList<>();
      Set<RowKey> claimed = new HashSet<>();
      for (TraceEntry info : infos.values()) {
        claimed.add(rowsOf(info));
        all.add(complete(info));
      }
      spans.keySet().stream()
          .filter(key -> !claimed.contains(key))
          .forEach(key -> all.add(complete(withoutInfo(key))));
      return all;
    }
  }

  /**
   * Lists the rows of all tables.
   *
   * @return the rows in order of arrival
   */
  public List<Row> rows() {
    synchronized (lock) {
      return List.copyOf(rows);
    }
  }

  /**
   * Makes a location with its tables, unless there is one of that name.
   *
   * @param wanted the location
   * @return the location of that name
   */
  public UcTablePrefix createOrGet(UcTablePrefix wanted) {
    synchronized (lock) {
      return locations.computeIfAbsent(wanted.name(), name -> wanted);
    }
  }

  /**
   * Finds a location that was made.
   *
   * @param name its name
   * @return the location, or empty
   */
  public Optional<UcTablePrefix> location(String name) {
    synchronized (lock) {
      return Optional.ofNullable(locations.get(name));
    }
  }

  /**
   * Links prompt versions to a trace, also to one that has not come yet.
   *
   * @param traceId the trace's id
   * @param links the prompt versions
   */
  public void linkPrompts(String traceId, List<PromptLink> links) {
    synchronized (lock) {
      prompts.computeIfAbsent(traceId, id -> new LinkedHashSet<>()).addAll(links);
    }
  }

  /** All that is here now. */
  CatalogSnapshot.Content content() {
    synchronized (lock) {
      Map<String, Set<PromptLink>> links = new LinkedHashMap<>();
      prompts.forEach((trace, set) -> links.put(trace, new LinkedHashSet<>(set)));
      return new CatalogSnapshot.Content(
          List.copyOf(locations.values()), List.copyOf(rows), List.copyOf(infos.values()), links);
    }
  }

  /** Puts other content in place of all that is here. */
  void restore(CatalogSnapshot.Content content) {
    synchronized (lock) {
      clear();
      locations.clear();
      content.locations().forEach(location -> locations.put(location.name(), location));
      content.rows().forEach(this::add);
      content.infos().forEach(info -> infos.put(info.id(), info));
      content.prompts().forEach((trace, links) -> linkPrompts(trace, List.copyOf(links)));
    }
  }

  private void add(Row row) {
    rows.add(row);
    spans
        .computeIfAbsent(new RowKey(row.table(), row.span().traceId()), key -> new ArrayList<>())
        .add(row.span());
  }

  /** Forgets spans, infos and links; locations stay, as experiments do. */
  void clear() {
    synchronized (lock) {
      rows.clear();
      spans.clear();
      infos.clear();
      prompts.clear();
    }
  }

  private TraceEntry withoutInfo(RowKey key) {
    UnityCatalog location = CatalogNames.ofTable(key.table());
    TraceDraft draft = new TraceDraft(TraceIds.of(location, key.traceHex()), location);
    draft.state = TraceState.IN_PROGRESS;
    draft.requestMillis = spans.getOrDefault(key, List.of()).stream()
            .mapToLong(SpanEntry::startNanos)
            .min()
            .orElse(0)
        / 1_000_000;
    return draft.done();
  }

  private TraceEntry complete(TraceEntry info) {
    TraceDraft draft = info.edit();
    spans
        .getOrDefault(rowsOf(info), List.of())
        .forEach(span -> draft.spans.put(span.spanId(), span));
    draft.prompts.addAll(prompts.getOrDefault(info.id(), Set.of()));
    return draft.done();
  }

  private static RowKey rowsOf(TraceEntry trace) {
    if (trace.location() instanceof UnityCatalog location) {
      return new RowKey(location.spansTable(), TraceIds.hex(trace.id()));
    }
    throw new IllegalStateException(trace.id() + " is not in Unity Catalog");
  }
}
