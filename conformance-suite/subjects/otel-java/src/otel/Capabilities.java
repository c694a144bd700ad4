package otel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/** What OpenTelemetry Java can do, as this driver brings it to the suite. */
final class Capabilities {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Capabilities() {}

  static ObjectNode hello(String subject) {
    ObjectNode hello = JSON.createObjectNode().put("protocol", 1);
    hello.putObject("subject").put("name", subject).put("version", version()).put("language", "Java");
    hello.putObject("driver").put("name", "otel-java").put("version", "1");
    hello.putObject("runtime")
        .put("name", System.getProperty("java.vm.name"))
        .put("version", System.getProperty("java.version"));
    ObjectNode can = hello.putObject("capabilities");
    can.put("ids", "own").put("times", "given").put("sessions", "one");
    can.putPOJO("destinations", List.of("otlp-http-protobuf"));
    can.putPOJO("pipeline", List.of("batch", "direct"));
    can.putPOJO("ops", List.of("export", "flush", "flush.timeout", "shutdown", "exit"));
    can.putPOJO("config", Settings.keys());
    can.putPOJO("spans", Spans.FEATURES);
    can.putPOJO("signals", List.of("log"));
    // io.opentelemetry.sdk.common.export.RetryPolicy: five attempts.
    can.putObject("retry")
        .put("base_ms", 1000).put("factor", 1.5).put("jitter", 0.2).put("cap_ms", 5000)
        .putPOJO("retryable", List.of(429, 502, 503, 504));
    return JSON.valueToTree(hello);
  }

  private static String version() {
    return Resource.getDefault().getAttributes().asMap().entrySet().stream()
        .filter(e -> e.getKey().getKey().equals("telemetry.sdk.version"))
        .map(e -> e.getValue().toString())
        .findFirst()
        .orElseThrow();
  }
}
