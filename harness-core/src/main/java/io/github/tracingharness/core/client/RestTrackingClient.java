package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Talks to an MLflow tracking server over REST. */
public final class RestTrackingClient implements TrackingClient {

  private static final String TRACES = "/api/3.0/mlflow/traces";
  private static final String SPANS = "/v1/traces";
  private static final String UC_TRACES = "/api/4.0/mlflow/traces";
  private static final String UC_SPANS = "/api/2.0/otel/v1/traces";
  private static final String EXPERIMENT_HEADER = "x-mlflow-experiment-id";
  private static final String TABLE_HEADER = "X-Databricks-UC-Table-Name";
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
  private static final int NOT_FOUND = 404;

  private final ClientSettings settings;
  private final HttpTransport transport;
  private final Exchanges exchanges;
  private final RestCalls calls;
  private final SpanCompression compression;
  private final LegacyTraces legacy;
  private final TraceUploads uploads;
  private final PromptLinks links;
  private final Experiments experiments;
  private final TrackingReader reader;
  private final Map<String, String> resource;

  /** Creates a client that owns its transport. */
  public RestTrackingClient(ClientSettings settings, HttpTransport transport) {
    this(settings, transport, new MonotonicPause(), Clock.systemUTC());
  }

  /** Creates a client that owns its transport and says more of the process with its spans. */
  public RestTrackingClient(
      ClientSettings settings, HttpTransport transport, Map<String, String> process) {
    this(settings, transport);
    process.forEach(resource::putIfAbsent);
  }

  RestTrackingClient(ClientSettings settings, HttpTransport transport, Pause pause, Clock clock) {
    this.settings = settings;
    this.transport = transport;
    this.exchanges = new Exchanges(settings, transport, pause, clock);
    this.calls = new RestCalls(settings);
    this.compression = new SpanCompression(settings.compressSpans());
    this.legacy = new LegacyTraces(calls);
    this.uploads = new TraceUploads(settings, calls, exchanges);
    this.links = new PromptLinks(settings.databricks(), calls, exchanges);
    this.experiments = new Experiments(calls, exchanges);
    this.reader = new RestTrackingReader(calls, exchanges, experiments);
    this.resource = new LinkedHashMap<>();
    resource.put("telemetry.sdk.language", "java");
    resource.put("telemetry.sdk.name", HarnessVersion.PRODUCT);
    resource.put("telemetry.sdk.version", HarnessVersion.current());
  }

  @Override
  public SpanLoggingSupport probeSpanLogging(CallScope scope) {
    if (settings.databricks()) {
      // Databricks takes spans into tables of Unity Catalog only.
      return SpanLoggingSupport.NO;
    }
    try {
      HttpCall call = calls.get("/version");
      if (call.timeout().compareTo(PROBE_TIMEOUT) > 0) {
        call = call.withTimeout(PROBE_TIMEOUT);
      }
      HttpAnswer answer = exchanges.once(call, scope);
      if (answer.status() == NOT_FOUND) {
        return SpanLoggingSupport.ABSENT;
      }
      if (!Exchanges.isSuccess(answer)) {
        return SpanLoggingSupport.UNKNOWN;
      }
      Optional<ServerVersion> version = ServerVersion.parse(ServerAnswers.text(answer));
      version.ifPresent(compression::serverIs);
      return version
          .map(known -> known.isAtLeast(3, 4) ? SpanLoggingSupport.YES : SpanLoggingSupport.NO)
          .orElse(SpanLoggingSupport.UNKNOWN);
    } catch (TrackingException e) {
      return SpanLoggingSupport.UNKNOWN;
    }
  }

  @Override
  public void logSpans(TraceLocation location, List<Span> spans, CallScope scope)
      throws TrackingException {
    if (location instanceof TraceLocation.UnityCatalog catalog) {
      HttpCall call = spansCall(UC_SPANS, TABLE_HEADER, catalog.spansTable(), spans);
      HttpAnswer unused = exchanges.ask(call, scope);
    } else {
      logSpans(experimentId(location), spans, scope.within(settings.endpointBudget()));
    }
  }

  /** Compressed if the server takes that; what it refuses then is sent once more as it is. */
  private void logSpans(String experimentId, List<Span> spans, CallScope scope)
      throws TrackingException {
    HttpCall call = compression.apply(spansCall(SPANS, EXPERIMENT_HEADER, experimentId, spans));
    RetryingSender.Outcome outcome = exchanges.tryAsk(call, scope);
    if (SpanCompression.mayBeRefused(call, outcome.answer())) {
      HttpAnswer unused =
          exchanges.ask(spansCall(SPANS, EXPERIMENT_HEADER, experimentId, spans), scope);
      compression.stop();
    } else {
      HttpAnswer unused = exchanges.checked(call, outcome);
    }
  }

  private HttpCall spansCall(String path, String header, String place, List<Span> spans) {
    return calls
        .call("POST", path, OtlpEncoder.encode(resource, spans))
        .withHeader(header, place)
        .withHeader("Content-Type", "application/x-protobuf");
  }

  @Override
  public StartedTrace startTrace(TraceInfo info, CallScope scope) throws TrackingException {
    if (info.location() instanceof TraceLocation.UnityCatalog catalog) {
      return startTrace(catalog, info, scope);
    }
    HttpCall call =
        calls.json("POST", TRACES, Map.of("trace", Map.of("trace_info", info.toWireTree())));
    RetryingSender.Outcome outcome = exchanges.trySend(call, scope);
    if (LegacyTraces.isMissingEndpoint(outcome.answer())) {
      return legacy.startTrace(info, request -> exchanges.store(request, scope));
    }
    return ServerAnswers.startedTrace(exchanges.checked(call, outcome));
  }

  private StartedTrace startTrace(
      TraceLocation.UnityCatalog catalog, TraceInfo info, CallScope scope)
      throws TrackingException {
    String path = UC_TRACES + "/" + catalog.name() + "/" + TraceIds.hex(info.traceId()) + "/info";
    HttpAnswer unused = exchanges.store(calls.json("POST", path, info.toWireTree()), scope);
    return new StartedTrace(info.traceId(), Map.of());
  }

  private static String experimentId(TraceLocation location) {
    if (location instanceof TraceLocation.Experiment experiment) {
      return experiment.experimentId();
    }
    throw new IllegalArgumentException(location + " is no experiment");
  }

  @Override
  public void uploadTraceData(StartedTrace trace, TraceDataText data, CallScope scope)
      throws TrackingException {
    uploads.upload(trace, data.text().getBytes(StandardCharsets.UTF_8), scope);
  }

  @Override
  public void uploadAttachment(StartedTrace trace, Attachment attachment, CallScope scope)
      throws TrackingException {
    uploads.uploadAttachment(trace, attachment, scope);
  }

  @Override
  public void linkPrompts(StartedTrace trace, List<PromptVersion> prompts, CallScope scope)
      throws TrackingException {
    links.link(trace.traceId(), prompts, scope);
  }

  @Override
  public TraceLocation resolve(TraceLocation location, CallScope scope) throws TrackingException {
    return location instanceof TraceLocation.ExperimentName named
        ? experiments.resolve(named, scope)
        : location;
  }

  @Override
  public TrackingReader reader() {
    return reader;
  }

  @Override
  public boolean isDatabricks() {
    return settings.databricks();
  }

  @Override
  public long retries() {
    return exchanges.retries();
  }

  @Override
  public void finishBy(Deadline deadline) {
    exchanges.finishBy(deadline);
  }

  @Override
  public void close() {
    transport.close();
  }
}
