package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Talks to an MLflow tracking server over REST. */
public final class RestTrackingClient implements TrackingClient {

  private static final String TRACES = "/api/3.0/mlflow/traces";
  private static final String SPANS = "/v1/traces";
  private static final String UC_TRACES = "/api/4.0/mlflow/traces";
  private static final String UC_SPANS = "/api/2.0/otel/v1/traces";
  private static final String LINK_PROMPTS = "/api/2.0/mlflow/traces/link-prompts";
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
  private static final int NOT_FOUND = 404;

  private final ClientSettings settings;
  private final HttpTransport transport;
  private final RetryingSender sender;
  private final RestCalls calls;
  private final LegacyTraces legacy;
  private final Map<String, String> resource;

  /** Creates a client that owns its transport. */
  public RestTrackingClient(ClientSettings settings, HttpTransport transport) {
    this(settings, transport, new MonotonicPause(), Clock.systemUTC());
  }

  RestTrackingClient(ClientSettings settings, HttpTransport transport, Pause pause, Clock clock) {
    this.settings = settings;
    this.transport = transport;
    HttpTransport route = settings.followRedirects() ? new RedirectFollower(transport) : transport;
    this.sender = new RetryingSender(
        route, pause, clock, () -> ThreadLocalRandom.current().nextDouble());
    this.calls = new RestCalls(settings);
    this.legacy = new LegacyTraces(calls);
    this.resource = new LinkedHashMap<>();
    resource.put("telemetry.sdk.language", "java");
    resource.put("telemetry.sdk.name", HarnessVersion.PRODUCT);
    resource.put("telemetry.sdk.version", HarnessVersion.current());
  }

  @Override
  public SpanLoggingSupport probeSpanLogging(CallScope scope) {
    try {
      HttpCall call = calls.get("/version");
      if (call.timeout().compareTo(PROBE_TIMEOUT) > 0) {
        call = call.withTimeout(PROBE_TIMEOUT);
      }
      HttpAnswer answer = sender.send(call, RetryPolicy.never(), scope).answer();
      if (answer.status() == NOT_FOUND) {
        return SpanLoggingSupport.ABSENT;
      }
      if (!isSuccess(answer)) {
        return SpanLoggingSupport.UNKNOWN;
      }
      return ServerVersion.parse(ServerAnswers.text(answer))
          .map(version -> version.isAtLeast(3, 4) ? SpanLoggingSupport.YES : SpanLoggingSupport.NO)
          .orElse(SpanLoggingSupport.UNKNOWN);
    } catch (TrackingException e) {
      return SpanLoggingSupport.UNKNOWN;
    }
  }

  @Override
  public void logSpans(TraceLocation location, List<Span> spans, CallScope scope)
      throws TrackingException {
    byte[] body = OtlpEncoder.encode(resource, spans);
    HttpCall call = location instanceof TraceLocation.UnityCatalog catalog
        ? calls
            .call("POST", UC_SPANS, body)
            .withHeader("X-Databricks-UC-Table-Name", catalog.spansTable())
        : calls
            .call("POST", SPANS, body)
            .withHeader("x-mlflow-experiment-id", experimentId(location));
    exchange(call.withHeader("Content-Type", "application/x-protobuf"), scope);
  }

  @Override
  public StartedTrace startTrace(TraceInfo info, CallScope scope) throws TrackingException {
    if (info.location() instanceof TraceLocation.UnityCatalog catalog) {
      return startTrace(catalog, info, scope);
    }
    HttpCall call =
        calls.json("POST", TRACES, Map.of("trace", Map.of("trace_info", info.toWireTree())));
    RetryingSender.Outcome outcome = send(call, scope);
    if (LegacyTraces.isMissingEndpoint(outcome.answer())) {
      return legacy.startTrace(info, request -> exchange(request, scope));
    }
    return ServerAnswers.startedTrace(checked(call, outcome));
  }

  private StartedTrace startTrace(
      TraceLocation.UnityCatalog catalog, TraceInfo info, CallScope scope)
      throws TrackingException {
    String path = UC_TRACES + "/" + catalog.name() + "/" + TraceIds.hex(info.traceId()) + "/info";
    HttpAnswer unused = exchange(calls.json("POST", path, info.toWireTree()), scope);
    return new StartedTrace(info.traceId(), Map.of());
  }

  private static String experimentId(TraceLocation location) {
    if (location instanceof TraceLocation.Experiment experiment) {
      return experiment.experimentId();
    }
    throw new IllegalArgumentException(location + " is no experiment");
  }

  @Override
  public void uploadTraceData(StartedTrace trace, TraceData data, CallScope scope)
      throws TrackingException {
    byte[] body = PythonJson.dumps(data.toTree()).getBytes(StandardCharsets.UTF_8);
    exchange(
        calls.call("PUT", ArtifactPath.of(trace), body).withHeader("Content-Type", "text/plain"),
        scope);
  }

  @Override
  public void linkPrompts(StartedTrace trace, List<PromptVersion> prompts, CallScope scope)
      throws TrackingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("trace_id", trace.traceId());
    // A record is written by its components: name and version.
    body.put("prompt_versions", prompts);
    exchange(calls.json("POST", LINK_PROMPTS, body), scope);
  }

  @Override
  public long retries() {
    return sender.retries();
  }

  @Override
  public void finishBy(Deadline deadline) {
    sender.finishBy(deadline);
  }

  @Override
  public void close() {
    transport.close();
  }

  private HttpAnswer exchange(HttpCall call, CallScope scope) throws TrackingException {
    return checked(call, send(call, scope));
  }

  private RetryingSender.Outcome send(HttpCall call, CallScope scope) throws TrackingException {
    return sender.send(call, settings.retries(), scope.within(settings.retryBudget()));
  }

  private HttpAnswer checked(HttpCall call, RetryingSender.Outcome outcome)
      throws TrackingException {
    HttpAnswer answer = outcome.answer();
    if (isSuccess(answer)) {
      return answer;
    }
    String attempts = outcome.attempts() == 1 ? "" : " after " + outcome.attempts() + " attempts";
    String message = call.method()
        + " "
        + call.uri().getPath()
        + " was answered "
        + answer.status()
        + attempts
        + ": "
        + ServerAnswers.errorText(answer)
        + answer
            .header("Location")
            .map(target -> " (redirect to " + target + ")")
            .orElse("");
    throw TrackingException.answered(answer.status(), settings.credentials().redact(message));
  }

  private static boolean isSuccess(HttpAnswer answer) {
    return answer.status() / 100 == 2;
  }
}
