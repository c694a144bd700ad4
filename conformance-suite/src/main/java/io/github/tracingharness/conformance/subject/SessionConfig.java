package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a session sends and how.
 *
 * @param endpoint base address, with a path prefix that must be kept
 * @param destination what at that address takes the traces
 * @param settings keys of the driver protocol's configuration table
 */
public record SessionConfig(String endpoint, Destination destination, ObjectNode settings) {

  /** Returns a setting, if it was given. */
  public Optional<JsonNode> get(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /**
   * Returns OpenTelemetry's environment variables for a session with a collector: those of the
   * settings, and {@code OTEL_EXPORTER_OTLP_ENDPOINT} and {@code OTEL_EXPORTER_OTLP_PROTOCOL} as
   * the destination has them, unless the settings say otherwise. A setting of null means that the
   * variable is not set at all.
   */
  public Map<String, String> otelVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (destination instanceof Destination.Otlp || destination instanceof Destination.MlflowOtlp) {
      boolean json = destination instanceof Destination.Otlp otlp && otlp.json();
      variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", json ? "http/json" : "http/protobuf");
      if (!endpoint.isEmpty() && !settings.has("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
      }
    }
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (setting.getValue().isNull()) {
        variables.remove(setting.getKey());
      } else if (setting.getKey().startsWith("OTEL_")) {
        variables.put(setting.getKey(), setting.getValue().asText());
      }
    }
    return variables;
  }

  /** Returns the environment variables of MLflow and OpenTelemetry that the session has. */
  public Map<String, String> nativeVariables() {
    Map<String, String> variables = otelVariables();
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (setting.getKey().startsWith("MLFLOW_")) {
        variables.put(setting.getKey(), setting.getValue().asText());
      }
    }
    return variables;
  }

  /** Hands a whole number on, if the setting was given. */
  public void ifNumber(String key, Consumer<Integer> use) {
    get(key).ifPresent(value -> use.accept(value.intValue()));
  }

  /** Hands a truth value on, if the setting was given. */
  public void ifFlag(String key, Consumer<Boolean> use) {
    get(key).ifPresent(value -> use.accept(value.booleanValue()));
  }

  /** Hands a number of milliseconds on, if the setting was given. */
  public void ifMillis(String key, Consumer<Duration> use) {
    get(key).ifPresent(value -> use.accept(Duration.ofMillis(value.longValue())));
  }
}
