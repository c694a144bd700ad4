package otel;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanLimitsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of OpenTelemetry, which the SDK's autoconfiguration also reads as properties.
 *
 * @param properties the same as properties
 * @param limits limits that the SDK has no variable for, or null
 */
record Settings(Map<String, String> properties, boolean direct, SpanLimits limits) {
  private static final List<String> OPTIONS =
      List.of("ENDPOINT", "HEADERS", "TIMEOUT", "COMPRESSION", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE", "PROTOCOL");
  private static final List<String> OTHERS = List.of(
      // Meant for gRPC; must have no effect here.
      "OTEL_EXPORTER_OTLP_INSECURE",
      "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BSP_EXPORT_TIMEOUT",
      "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES",
      "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
      "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
      "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
      "OTEL_SDK_DISABLED", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG");
  /** The SDK has an option for these, but no variable. */
  private static final String EVENT_LIMIT = "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT";
  private static final String LINK_LIMIT = "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT";

  static List<String> keys() {
    List<String> keys = new ArrayList<>(List.of("pipeline", EVENT_LIMIT, LINK_LIMIT));
    OPTIONS.forEach(option -> keys.addAll(List.of("OTEL_EXPORTER_OTLP_" + option, "OTEL_EXPORTER_OTLP_TRACES_" + option)));
    keys.addAll(OTHERS);
    return keys;
  }

  static Settings of(JsonNode open) {
    JsonNode config = open.path("config");
    // Without it the autoconfiguration takes gRPC, for the sake of older applications.
    Map<String, String> properties = new TreeMap<>(Map.of(
        "otel.exporter.otlp.protocol", "http/protobuf",
        "otel.metrics.exporter", "none",
        "otel.logs.exporter", "none"));
    String endpoint = open.at("/destination/endpoint").asText();
    if (!endpoint.isEmpty() && !config.has("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
      properties.put("otel.exporter.otlp.endpoint", endpoint);
    }
    for (String key : keys()) {
      String property = key.toLowerCase(Locale.ROOT).replace('_', '.');
      if (config.hasNonNull(key)) {
        properties.put(property, config.get(key).asText());
      } else if (config.has(key)) {
        properties.remove(property);
      }
    }
    boolean direct = config.path("pipeline").asText("batch").equals("direct");
    return new Settings(properties, direct, limits(config));
  }

  private static SpanLimits limits(JsonNode config) {
    if (!config.has(EVENT_LIMIT) && !config.has(LINK_LIMIT)) {
      return null;
    }
    SpanLimitsBuilder limits = SpanLimits.builder();
    if (config.has(EVENT_LIMIT)) {
      limits.setMaxNumberOfAttributesPerEvent(config.get(EVENT_LIMIT).asInt());
    }
    if (config.has(LINK_LIMIT)) {
      limits.setMaxNumberOfAttributesPerLink(config.get(LINK_LIMIT).asInt());
    }
    return limits.build();
  }
}
