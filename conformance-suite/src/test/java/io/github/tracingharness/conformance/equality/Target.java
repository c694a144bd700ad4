package io.github.tracingharness.conformance.equality;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import io.github.tracingharness.server.TrackingSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one client sends one scenario, and how it is told so.
 *
 * @param scenario what is traced there
 * @param space where it arrives
 * @param settings environment variables of the client
 */
record Target(Scenario scenario, TrackingSpace space, Map<String, String> settings) {

  private static final String TOKEN = "dummy-token";

  /** Makes a space; a workspace gets all of the server. */
  static Target of(Scenario scenario, FakeTrackingServer server) {
    TrackingSpace space = scenario.onDatabricks() ? server.rootSpace() : server.newSpace();
    Map<String, String> settings = new LinkedHashMap<>();
    if (scenario.onDatabricks()) {
      space.profile(ServerProfile.databricksWorkspace());
      settings.put("DATABRICKS_HOST", space.trackingUri().toString());
      settings.put("DATABRICKS_TOKEN", TOKEN);
    } else if (scenario == Scenario.ARTIFACT) {
      space.profile(ServerProfile.standard().withSpanStorage(SpanStorage.NOT_IMPLEMENTED));
    }
    if (scenario.throughOtlp()) {
      settings.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", space.trackingUri() + "/v1/traces");
      settings.put("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf");
      settings.put("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-mlflow-experiment-id=0");
    } else if (scenario == Scenario.BACKGROUND) {
      spansFirst(space);
    }
    if (!scenario.asynchronous()) {
      settings.put("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false");
    }
    return new Target(scenario, space, settings);
  }

  /** Answers start-trace when the spans have come; else Python may upload them, too, or not. */
  private static void spansFirst(TrackingSpace space) {
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();
    space.onCall(call -> {
      if (call.endpoint() == Endpoint.OTLP_TRACES) {
        held.release();
      }
    });
  }

  /** What has arrived; in how many batches the spans come in the background is left to chance. */
  List<SentRequest> sent() {
    List<SentRequest> requests = SentRequests.of(space.calls());
    return scenario.asynchronous() ? SentRequests.inOneBatch(requests) : requests;
  }

  String trackingUri() {
    return scenario.onDatabricks() ? "databricks" : space.trackingUri().toString();
  }

  MlflowTracing.Builder builder() {
    MlflowTracing.Builder builder =
        MlflowTracing.builder().environment(settings).trackingUri(trackingUri());
    return scenario == Scenario.UNITY_CATALOG
        ? builder.destination(new TraceLocation.UcSchema("catalog", "schema"))
        : builder;
  }
}
