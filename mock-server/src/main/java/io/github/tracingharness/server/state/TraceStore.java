package io.github.tracingharness.server.state;

import io.github.tracingharness.core.trace.TraceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The traces of a server. Each change replaces one trace as a whole, atomically. Thread-safe. */
public final class TraceStore {

  static final Comparator<TraceEntry> NEWEST_FIRST =
      Comparator.comparingLong(TraceEntry::requestMillis).reversed().thenComparing(TraceEntry::id);

  private static final int MAX_NAME = 4096;
  private static final int MAX_SESSION = 250;

  private final Map<String, TraceEntry> traces = new ConcurrentHashMap<>();
  private final Object changes = new Object();
  private final AtomicInteger spanCount = new AtomicInteger();
  private final ExperimentStore experiments;
  private final Capacity capacity;

  TraceStore(ExperimentStore experiments, Capacity capacity) {
    this.experiments = experiments;
    this.capacity = capacity;
  }

  /**
   * Finds a trace.
   *
   * @param id its id
   * @return the trace as it is now, or empty
   */
  public Optional<TraceEntry> find(String id) {
    return Optional.ofNullable(traces.get(id));
  }

  /**
   * Lists all traces.
   *
   * @return the newest first, then by id
   */
  public List<TraceEntry> all() {
    List<TraceEntry> all = new ArrayList<>(traces.values());
    all.sort(NEWEST_FIRST);
    return all;
  }

  /**
   * Waits until a trace is as wanted.
   *
   * @param id its id
   * @param wanted the condition
   * @param patience how long to wait at most
   * @return the trace, or empty if it did not become so
   */
  public Optional<TraceEntry> await(String id, Predicate<TraceEntry> wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      synchronized (changes) {
        while (true) {
          Optional<TraceEntry> now = find(id).filter(wanted);
          long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
          if (now.isPresent() || leftMillis <= 0) {
            return now;
          }
          changes.wait(leftMillis);
        }
      }
    } catch (InterruptedException serverStops) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * Adds a trace or merges what is said of a known one.
   *
   * @param said what the client says
   * @return what the server answers: tags that are new on a known trace are missing there, as on
   *     the real server
   */
  public TraceEntry start(StartTrace said) {
    Experiment experiment = experiments.getActive(said.experimentId());
    requireLength("Trace name", said.tags().get(TraceKeys.TRACE_NAME), MAX_NAME);
    requireLength("Session ID", said.metadata().get(TraceKeys.SESSION), MAX_SESSION);
    TraceEntry[] reply = new TraceEntry[1];
    traces.compute(said.traceId(), (id, known) -> {
      requireRoom(known);
      TraceEntry merged = merge(said, experiment, known);
      reply[0] = known == null ? merged : withoutNewTags(merged, known);
      return merged;
    });
    return reply[0];
  }

  /**
   * Begins a trace in the old way: the server makes the id.
   *
   * @param experimentId the id of its experiment
   * @param requestMillis the start in milliseconds since 1970
   * @param metadata its metadata
   * @param tags its tags
   * @return the new trace
   */
  public TraceEntry begin(
      String experimentId,
      long requestMillis,
      Map<String, String> metadata,
      Map<String, String> tags) {
    requireLength("Trace name", tags.get(TraceKeys.TRACE_NAME), MAX_NAME);
    Experiment experiment = experiments.getActive(experimentId);
    String id = UUID.randomUUID().toString().replace("-", "");
    edit(id, () -> experiment, draft -> {
      draft.requestMillis = requestMillis;
      draft.state = TraceState.IN_PROGRESS;
      putAll(draft, metadata, tags);
      putLocationLast(draft);
    });
    return require(id);
  }

  /**
   * Ends a trace in the old way.
   *
   * @param id its id
   * @param endMillis the end in milliseconds since 1970
   * @param state its last state
   * @param metadata metadata to add or replace
   * @param tags tags to add or replace
   * @return the changed trace
   */
  public TraceEntry end(
      String id,
      long endMillis,
      TraceState state,
      Map<String, String> metadata,
      Map<String, String> tags) {
    require(id);
    if (state == TraceState.STATE_UNSPECIFIED) {
      throw TrackingException.internal(
          "<TraceStatus.UNSPECIFIED: 'TRACE_STATUS_UNSPECIFIED'> is not a valid TraceState");
    }
    requireLength("Trace name", tags.get(TraceKeys.TRACE_NAME), MAX_NAME);
    update(id, draft -> {
      draft.durationMillis = endMillis - draft.requestMillis;
      draft.state = state;
      putAll(draft, metadata, tags);
      return draft;
    });
    return require(id);
  }

  /**
   * Finds a trace that must exist.
   *
   * @param id its id
   * @return the trace as it is now
   */
  public TraceEntry require(String id) {
    return find(id)
        .orElseThrow(() -> TrackingException.absent("Trace with ID '" + id + "' not found."));
  }

  /**
   * Changes a trace, or makes it.
   *
   * @param id its id
   * @param home where a new trace is put
   * @param change what to do
   */
  void edit(String id, Supplier<Experiment> home, Consumer<TraceDraft> change) {
    traces.compute(id, (key, known) -> {
      requireRoom(known);
      TraceDraft draft = known == null ? newDraft(id, home.get()) : known.edit();
      int before = draft.spans.size();
      change.accept(draft);
      countSpans(draft.spans.size() - before);
      return draft.done();
    });
  }

  /**
   * Changes a trace if it exists.
   *
   * @param id its id
   * @param change what to do
   * @return false if there is no such trace
   */
  boolean update(String id, UnaryOperator<TraceDraft> change) {
    return traces.computeIfPresent(
            id, (key, known) -> change.apply(known.edit()).done())
        != null;
  }

  /**
   * Sets a tag.
   *
   * @param id the trace's id
   * @param key the tag's key
   * @param value its value
   * @return false if there is no such trace
   */
  public boolean setTag(String id, String key, String value) {
    return update(id, draft -> {
      draft.tags.put(key, value);
      return draft;
    });
  }

  /**
   * Removes a tag.
   *
   * @param id the trace's id
   * @param key the tag's key
   * @return false if there is no such trace or tag
   */
  public boolean removeTag(String id, String key) {
    boolean[] removed = new boolean[1];
    update(id, draft -> {
      removed[0] = draft.tags.remove(key) != null;
      return draft;
    });
    return removed[0];
  }

  /**
   * Links prompt versions to a trace; a version that is linked already stays linked once.
   *
   * @param id the trace's id
   * @param prompts the prompt versions
   * @return false if there is no such trace
   */
  public boolean linkPrompts(String id, List<PromptLink> prompts) {
    return update(id, draft -> {
      prompts.stream().filter(link -> !draft.prompts.contains(link)).forEach(draft.prompts::add);
      return draft;
    });
  }

  /**
   * Links a run to a trace, if the trace exists.
   *
   * @param id the trace's id
   * @param runId the run's id
   */
  public void linkRun(String id, String runId) {
    update(id, draft -> {
      draft.runs.add(runId);
      return draft;
    });
  }

  /**
   * Removes traces, oldest first.
   *
   * @param which the traces to remove
   * @param limit how many at most
   * @return how many were removed
   */
  public int delete(Predicate<TraceEntry> which, int limit) {
    List<TraceEntry> oldestFirst = traces.values().stream()
        .filter(which)
        .sorted(Comparator.comparingLong(TraceEntry::requestMillis))
        .limit(limit)
        .toList();
    int removed = 0;
    for (TraceEntry trace : oldestFirst) {
      removed += remove(trace.id()) ? 1 : 0;
    }
    return removed;
  }

  void restore(TraceEntry trace) {
    TraceEntry former = traces.put(trace.id(), trace);
    spanCount.addAndGet(
        trace.spans().size() - (former == null ? 0 : former.spans().size()));
  }

  void clear() {
    traces.keySet().forEach(this::remove);
  }

  private boolean remove(String id) {
    TraceEntry gone = traces.remove(id);
    if (gone != null) {
      spanCount.addAndGet(-gone.spans().size());
    }
    return gone != null;
  }

  private void requireRoom(@Nullable TraceEntry known) {
    if (known == null) {
      capacity.require("traces", traces.size());
    }
  }

  private void countSpans(int more) {
    if (spanCount.addAndGet(more) > capacity.spans()) {
      spanCount.addAndGet(-more);
      throw Capacity.full(capacity.spans() + " spans");
    }
  }

  static void requireLength(String what, @Nullable String value, int limit) {
    if (value != null && value.codePointCount(0, value.length()) > limit) {
      throw TrackingException.invalid(
          "'" + what + "' exceeds the maximum length of " + limit + " characters");
    }
  }

  private static TraceEntry merge(
      StartTrace said, Experiment experiment, @Nullable TraceEntry known) {
    if (known == null && said.tags().containsKey(TraceKeys.ARTIFACT_LOCATION)) {
      throw TrackingException.absent("Trace with ID '" + said.traceId() + "' no longer exists.");
    }
    TraceDraft draft = known == null ? newDraft(said.traceId(), experiment) : known.edit();
    draft.location = new TraceLocation.Experiment(experiment.id());
    draft.clientRequestId = said.clientRequestId();
    draft.requestMillis = said.requestMillis();
    draft.durationMillis = said.durationMillis();
    draft.state = said.state();
    draft.infoStarted = true;
    draft.assessments.addAll(said.assessments());
    if (said.requestPreview() != null) {
      draft.requestPreview = said.requestPreview();
    }
    if (said.responsePreview() != null) {
      draft.responsePreview = said.responsePreview();
    }
    boolean finalized = experiment.backend() == Backend.MLFLOW;
    if (finalized) {
      draft.metadata.put(TraceKeys.INFO_FINALIZED, "true");
    }
    putAll(draft, said.metadata(), said.tags());
    if (finalized) {
      draft.metadata.put(TraceKeys.INFO_FINALIZED, "true");
    }
    if (known == null) {
      putLocationLast(draft);
    } else if (finalized) {
      draft.tags.put(TraceKeys.ARTIFACT_LOCATION, experiment.artifactLocationOf(said.traceId()));
    }
    return draft.done();
  }

  /** The server's own tag is the last one of a new trace. */
  private static void putLocationLast(TraceDraft draft) {
    String location = draft.tags.remove(TraceKeys.ARTIFACT_LOCATION);
    if (location != null) {
      draft.tags.put(TraceKeys.ARTIFACT_LOCATION, location);
    }
  }

  private static void putAll(
      TraceDraft draft, Map<String, String> metadata, Map<String, String> tags) {
    putMetadata(draft, metadata);
    tags.forEach((key, value) -> {
      if (!key.equals(TraceKeys.ARTIFACT_LOCATION)) {
        draft.tags.put(key, value);
      }
    });
  }

  private static void putMetadata(TraceDraft draft, Map<String, String> metadata) {
    metadata.forEach((key, value) ->
        UsageText.normalize(key, value).ifPresent(normal -> draft.metadata.put(key, normal)));
  }

  private static TraceDraft newDraft(String id, Experiment experiment) {
    TraceDraft draft = new TraceDraft(id, new TraceLocation.Experiment(experiment.id()));
    draft.tags.put(TraceKeys.ARTIFACT_LOCATION, experiment.artifactLocationOf(id));
    return draft;
  }

  private static TraceEntry withoutNewTags(TraceEntry merged, TraceEntry known) {
    TraceDraft lagging = merged.edit();
    Map<String, String> tags = new LinkedHashMap<>(merged.tags());
    // The name is a column and not a tag on the real server, so it does not lag.
    tags.keySet()
        .removeIf(key -> !known.tags().containsKey(key) && !key.equals(TraceKeys.TRACE_NAME));
    lagging.tags.clear();
    lagging.tags.putAll(tags);
    return lagging.done();
  }
}
