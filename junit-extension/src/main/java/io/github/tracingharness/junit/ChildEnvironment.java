package io.github.tracingharness.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment variables for a process that is to trace into the test's space, whatever its
 * language.
 *
 * <pre>{@code
 * @Test
 * void script_isTraced(ChildEnvironment environment, Traces traces) throws Exception {
 *   ProcessBuilder script = new ProcessBuilder("python3", "answer.py");
 *   environment.applyTo(script);
 *   script.start().waitFor();
 *
 *   assertThat(traces.awaitTrace()).hasRoot("answer");
 * }
 * }</pre>
 *
 * <p>There are two sets, one for MLflow clients and one for OpenTelemetry's own exporters. A
 * process gets one of them: an MLflow client that finds both exports by OTLP alone.
 *
 * @param mlflow variables for an MLflow client: tracking URI, experiment, export settings
 * @param openTelemetry variables for OpenTelemetry's OTLP exporter of traces
 * @since 0.1.0
 */
public record ChildEnvironment(Map<String, String> mlflow, Map<String, String> openTelemetry) {

  /** Copies the variables. */
  public ChildEnvironment {
    mlflow = Map.copyOf(mlflow);
    openTelemetry = Map.copyOf(openTelemetry);
  }

  static ChildEnvironment of(String trackingUri, String experimentId, HarnessSettings settings) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MLFLOW_TRACKING_URI", trackingUri);
    variables.put("MLFLOW_EXPERIMENT_ID", experimentId);
    variables.put("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", Boolean.toString(settings.async()));
    variables.put("MLFLOW_HTTP_REQUEST_MAX_RETRIES", Integer.toString(settings.maxRetries()));
    // Python reads these two as integers.
    variables.put("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", Long.toString((long)
        Math.ceil(settings.backoffSeconds())));
    variables.put(
        "MLFLOW_HTTP_REQUEST_TIMEOUT",
        Long.toString(Math.max(1, settings.requestTimeout().toSeconds())));
    variables.put("MLFLOW_TRACE_SAMPLING_RATIO", Double.toString(settings.samplingRatio()));
    if (!settings.unityCatalogSchema().isEmpty()) {
      variables.put("MLFLOW_TRACING_DESTINATION", settings.unityCatalogSchema());
    }
    return new ChildEnvironment(
        variables,
        Map.of(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", trackingUri + "/v1/traces",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf",
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-mlflow-experiment-id=" + experimentId));
  }

  /** Sets the variables for an MLflow client on a process that is to be started. */
  public void applyTo(ProcessBuilder process) {
    process.environment().putAll(mlflow);
  }

  /** Sets the variables for OpenTelemetry's exporter on a process that is to be started. */
  public void applyOpenTelemetryTo(ProcessBuilder process) {
    process.environment().putAll(openTelemetry);
  }
}
