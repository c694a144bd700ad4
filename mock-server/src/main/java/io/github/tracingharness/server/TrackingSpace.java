package io.github.tracingharness.server;

import io.github.tracingharness.server.api.TrackingApi;
import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.http.RequestHead;
import io.github.tracingharness.server.state.Backend;
import io.github.tracingharness.server.state.Capacity;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingState;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tracking server of its own below a path prefix of a {@link FakeTrackingServer}: own experiments
 * and traces, own recorded calls, own faults.
 *
 * <p>Clients get {@link #trackingUri()} and keep its path on every request, so tests that run in
 * parallel share one server and each call is attributed to the test that caused it, even one that
 * comes late.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class TrackingSpace implements AutoCloseable {

  private static final Fault NO_FAULT = Fault.real();

  private final String id;
  private final URI trackingUri;
  private final TrackingApi api;
  private final List<TcpFront> fronts;
  private final Consumer<TrackingSpace> onClose;
  private final TrackingState state;
  private final TraceReader reader;
  private final CallJournal journal;
  private final FaultPlayer faults = new FaultPlayer();
  private final Map<Endpoint, FaultScript> scripts = new ConcurrentHashMap<>();
  private final List<Consumer<RecordedCall>> listeners = new CopyOnWriteArrayList<>();
  private final List<HandlerFailure> failures = new CopyOnWriteArrayList<>();
  private volatile ServerProfile profile = ServerProfile.standard();
  private volatile boolean closed;

  TrackingSpace(
      String id,
      URI trackingUri,
      TrackingApi api,
      int maxRecordedCalls,
      Capacity capacity,
      List<TcpFront> fronts,
      Consumer<TrackingSpace> onClose) {
    this.id = id;
    this.trackingUri = trackingUri;
    this.api = api;
    this.state = new TrackingState(capacity);
    this.reader = new TraceReader(state);
    this.journal = new CallJournal(maxRecordedCalls);
    this.fronts = fronts;
    this.onClose = onClose;
  }

  /**
   * Names this space.
   *
   * @return the id in its path prefix; empty for the root space
   */
  public String id() {
    return id;
  }

  /**
   * Where clients find this space.
   *
   * @return the URI to be used as {@code MLFLOW_TRACKING_URI}, without trailing slash
   */
  public URI trackingUri() {
    return trackingUri;
  }

  /**
   * Makes an experiment. Experiment {@code 0}, {@code Default}, exists in every space.
   *
   * @param name its name, not used before in this space
   * @return its id
   */
  public String createExperiment(String name) {
    return state.experiments().create(name, null, Map.of()).id();
  }

  /**
   * Says what kind of server is played, from the next request on.
   *
   * @param newProfile the profile
   */
  public void profile(ServerProfile newProfile) {
    profile = Objects.requireNonNull(newProfile, "newProfile");
    state.on(newProfile.databricks().isPresent() ? Backend.DATABRICKS : Backend.MLFLOW);
  }

  /**
   * Writes a new script for an endpoint; a former one is forgotten. {@link Endpoint#ANY} is for all
   * endpoints that have no script of their own.
   *
   * @param endpoint whose calls are meant
   * @return an empty script: all calls get the real answer until steps are added
   */
  public FaultScript on(Endpoint endpoint) {
    FaultScript script = new FaultScript(FaultScope.CALLS);
    scripts.put(Objects.requireNonNull(endpoint, "endpoint"), script);
    return script;
  }

  /**
   * Counts the steps of scripts that no call has taken yet. A fault that was never played often
   * means that a test shows nothing.
   *
   * @return the steps left by endpoint, for each endpoint that has a script; 0 where all were
   *     taken, what follows the end not counted
   */
  public Map<Endpoint, Integer> unplayedFaults() {
    Map<Endpoint, Integer> left = new EnumMap<>(Endpoint.class);
    scripts.forEach((endpoint, script) -> left.put(endpoint, script.remaining()));
    return left;
  }

  /** Forgets all scripts: from now on every call gets the real answer. Held calls stay held. */
  public void clearFaults() {
    scripts.clear();
  }

  /**
   * Lists the finished calls in order of arrival. A call is here as soon as a client can have its
   * answer. Only the newest are kept, see {@link FakeTrackingServer.Builder#maxRecordedCalls}.
   *
   * @return the calls
   */
  public List<RecordedCall> calls() {
    return calls(Endpoint.ANY);
  }

  /**
   * Lists the finished calls of one endpoint, see {@link #calls()}.
   *
   * @param endpoint whose calls are meant
   * @return the calls
   */
  public List<RecordedCall> calls(Endpoint endpoint) {
    return journal.calls(endpoint);
  }

  /**
   * Counts the calls that were recorded once, but are not kept any more.
   *
   * @return how many of the oldest calls are missing in {@link #calls()}
   */
  public long forgottenCalls() {
    return journal.dropped();
  }

  /**
   * Waits for finished calls.
   *
   * @param endpoint whose calls are meant
   * @param atLeast how many are needed
   * @param deadline how long to wait at most
   * @return the calls, possibly more than needed
   * @throws AssertionError if too few came; the message lists what came instead
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<RecordedCall> awaitCalls(Endpoint endpoint, int atLeast, Duration deadline)
      throws InterruptedException {
    List<RecordedCall> found = journal.await(
        () -> {
          List<RecordedCall> calls = journal.matching(endpoint);
          return calls.size() >= atLeast ? calls : null;
        },
        deadline);
    if (found == null) {
      throw Waiting.tooFewCalls(endpoint, atLeast, deadline, calls(), failures);
    }
    return found;
  }

  /**
   * Finds a trace, complete or not.
   *
   * @param traceId its id
   * @return the trace as it is now, or empty
   */
  public Optional<StoredTrace> trace(String traceId) {
    return state.trace(traceId).map(reader::read);
  }

  /**
   * Lists the complete traces, newest first.
   *
   * <p>A trace that was named by a start-trace call is complete once as many spans as its size
   * statistics announce (at least one) are stored, or once its {@code traces.json} was uploaded. A
   * trace known from OTLP alone is complete once its ended root has come, unless an MLflow client
   * sent it, which will call start-trace. A trace in Unity Catalog is complete once its info has
   * come and as many spans as the info announces are in the table of the trace's location.
   *
   * @return the complete traces
   */
  public List<StoredTrace> traces() {
    return state.allTraces().stream()
        .filter(reader::isComplete)
        .map(reader::read)
        .toList();
  }

  /**
   * Lists the rows of all Unity Catalog tables in order of arrival, those included that belong to
   * no complete trace.
   *
   * @return the rows
   */
  public List<UcTableRow> tableRows() {
    return state.catalog().rows().stream()
        .map(row ->
            new UcTableRow(row.table(), row.span().traceId(), TraceReader.stored(row.span())))
        .toList();
  }

  /**
   * Lists the rows of one Unity Catalog table, see {@link #tableRows()}.
   *
   * @param table the full name of the table
   * @return the rows, none if nothing was sent to that table
   */
  public List<UcTableRow> tableRows(String table) {
    return tableRows().stream().filter(row -> row.table().equals(table)).toList();
  }

  /**
   * Waits for complete traces, see {@link #traces()}.
   *
   * @param atLeast how many are needed
   * @param deadline how long to wait at most
   * @return the complete traces, possibly more than needed
   * @throws AssertionError if too few came; the message lists what is there and which calls came
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public List<StoredTrace> awaitTraces(int atLeast, Duration deadline) throws InterruptedException {
    List<StoredTrace> found = journal.await(
        () -> {
          List<StoredTrace> complete = traces();
          return complete.size() >= atLeast ? complete : null;
        },
        deadline);
    if (found == null) {
      List<TraceEntry> all = state.allTraces();
      throw Waiting.tooFewTraces(
          atLeast,
          deadline,
          all.stream().filter(reader::isComplete).toList(),
          all.stream().filter(trace -> !reader.isComplete(trace)).toList(),
          calls(),
          failures);
    }
    return found;
  }

  /**
   * Adds a listener that is told of each call once it is finished: answered, or given up by either
   * side. It runs in the server's thread after the client has its answer; what it throws becomes a
   * {@link HandlerFailure}.
   *
   * @param listener who is told
   */
  public void onCall(Consumer<RecordedCall> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Lists the defects of the fake itself that calls have brought to light. A test should print them
   * and fail.
   *
   * @return the failures in order
   */
  public List<HandlerFailure> failures() {
    return List.copyOf(failures);
  }

  /**
   * Forgets traces, artifacts, recorded calls and scripts. Experiments, profile and listeners stay.
   */
  public void reset() {
    scripts.clear();
    state.clear();
    journal.clear();
    failures.clear();
  }

  /**
   * Writes the state as JSON, to be kept in a file and imported before another test: experiments,
   * traces with spans and assessments, runs, registered models and prompts, files. Tables of Unity
   * Catalog, tokens, recorded calls, scripts and the profile are not in it.
   *
   * @return the JSON
   */
  public String exportState() {
    return JsonLayout.PRETTY.write(state.export());
  }

  /**
   * Puts an exported state in place of this one.
   *
   * @param json what {@link #exportState} wrote
   * @throws IllegalArgumentException if it is something else; the message names the wrong member,
   *     and nothing was changed
   */
  public void importState(String json) {
    state.restore(
        Json.read(json).orElseThrow(() -> new IllegalArgumentException("the state must be JSON")));
  }

  /**
   * Ends this space: lets go all held and delayed calls, forgets its state, and answers 410 from
   * now on. Late calls are still recorded here, as long as the server remembers the space.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      faults.close();
      state.clear();
      onClose.accept(this);
    }
  }

  /** The fronts of the server as they are now. */
  List<TcpFront> fronts() {
    return fronts;
  }

  Exchange exchange(RequestHead head, String path, String query) {
    if (AdminApi.has(path)) {
      return new AdminExchange(this, api, profile, head, path, query);
    }
    Endpoint endpoint = api.endpoint(head.method(), path);
    return new SpaceExchange(head, endpoint, path, query);
  }

  private @Nullable FaultScript script(Endpoint endpoint) {
    FaultScript own = scripts.get(endpoint);
    return own != null ? own : scripts.get(Endpoint.ANY);
  }

  private Fault next(Endpoint endpoint) {
    FaultScript script = script(endpoint);
    return script == null ? NO_FAULT : script.next();
  }

  private @Nullable Fault nextIfEarly(Endpoint endpoint) {
    FaultScript script = script(endpoint);
    return script == null || closed ? null : script.nextIfEarly();
  }

  /** One call from arrival to end. */
  private final class SpaceExchange implements Exchange {

    private final RequestHead head;
    private final Endpoint endpoint;
    private final String path;
    private final String query;
    private final CallJournal.Entry entry;
    private final @Nullable Fault early;

    SpaceExchange(RequestHead head, Endpoint endpoint, String path, String query) {
      this.head = head;
      this.endpoint = endpoint;
      this.path = path;
      this.query = query;
      this.entry = journal.arrived(head, endpoint, path, query);
      this.early = nextIfEarly(endpoint);
    }

    @Override
    public OptionalLong resetAfterBodyBytes() {
      return early instanceof Fault.ResetWhileBodyArrives reset
          ? OptionalLong.of(reset.afterBytes())
          : OptionalLong.empty();
    }

    @Override
    public Reply handle(byte[] body) {
      try {
        if (closed) {
          return Reply.text(410, "text/plain", "The URL space " + id + " is closed.");
        }
        Request request = new Request(head.method(), path, query, head.headers(), body);
        Fault fault = early != null ? early : next(endpoint);
        return faults.play(
            fault,
            new FaultPlayer.Played(
                query.isEmpty() ? path : path + "?" + query,
                () -> answer(request),
                part -> answer(request.handledInPart(part))));
      } catch (RuntimeException | Error defect) {
        failures.add(new HandlerFailure(entry.number(), endpoint, defect));
        return Reply.text(
            500, "text/plain", "Tracing Harness: the fake server failed at this call: " + defect);
      }
    }

    private Reply answer(Request request) {
      return api.answer(request, state, profile, baseUrl());
    }

    /** This space under the name by which the client knows the server. */
    private String baseUrl() {
      return Header.first(head.headers(), "Host")
          .map(host -> trackingUri.getScheme() + "://" + host + trackingUri.getPath())
          .orElseGet(trackingUri::toString);
    }

    @Override
    public void answering(Outcome announced) {
      entry.answering(announced);
    }

    @Override
    public void finished(Outcome outcome) {
      RecordedCall call = entry.finished(outcome);
      for (Consumer<RecordedCall> listener : listeners) {
        try {
          listener.accept(call);
        } catch (RuntimeException | Error defect) {
          failures.add(new HandlerFailure(call.number(), endpoint, defect));
        }
      }
    }
  }
}
