package io.github.tracingharness.conformance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.Destination;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.OtelPart;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a subject on the JVM gets to see of the protocol's commands, and what it is answered. */
class DriverServiceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SessionConfig> opened = new ArrayList<>();
  private final List<SpanSpec> emitted = new ArrayList<>();
  private final DriverService service = new DriverService(new Listening(), false, event -> {});

  private JsonNode answer(String command) throws IOException {
    return service.answer(JSON.readTree(command.replace('\'', '"')));
  }

  private Destination open(String destination) throws IOException {
    JsonNode answer = answer(
        "{'id': 1, 'op': 'open', 'session': 's1', 'destination': %s, 'config': {'batch.max_size': 5, 'x': 1}}"
            .formatted(destination));
    assertThat(answer.path("ok").toString())
        .isEqualTo("{\"applied\":[\"batch.max_size\"],\"ignored\":[\"x\"]}");
    return opened.get(opened.size() - 1).destination();
  }

  @Test
  void open_destinations_areTyped() throws IOException {
    assertThat(open("{'type': 'mlflow-v3', 'endpoint': 'http://h/r/a', 'experiment_id': '7'}"))
        .isEqualTo(new Destination.MlflowV3("7"));
    assertThat(open("{'type': 'databricks-v3', 'endpoint': 'http://h', 'experiment_id': '7'}"))
        .isEqualTo(new Destination.DatabricksV3("7"));
    assertThat(open(
            "{'type': 'databricks-uc', 'endpoint': 'http://h', 'catalog': 'c', 'schema': 's'}"))
        .isEqualTo(new Destination.UnityCatalog("c", "s", null, null));
    assertThat(open("{'type': 'databricks-uc', 'endpoint': 'http://h', 'catalog': 'c',"
            + " 'schema': 's', 'table_prefix': 'p', 'spans_table': 'c.s.p_otel_spans'}"))
        .isEqualTo(new Destination.UnityCatalog("c", "s", "p", "c.s.p_otel_spans"));
    assertThat(opened.get(0).endpoint()).isEqualTo("http://h/r/a");
  }

  @Test
  void open_unknownDestination_isARefusedConfiguration() throws IOException {
    JsonNode error =
        answer("{'id': 1, 'op': 'open', 'destination': {'type': 'kafka'}}").path("error");
    assertThat(error.path("kind").asText()).isEqualTo("config");
    assertThat(error.path("message").asText())
        .isEqualTo("destination.type must be mlflow-v3, mlflow-otlp, databricks-v3, databricks-uc, "
            + "otlp-http-protobuf or otlp-http-json, not kafka");
  }

  @Test
  void emit_membersOfASpan_arriveAndWhatWasToldComesBack() throws IOException {
    open("{'type': 'databricks-uc', 'endpoint': 'http://h', 'catalog': 'c', 'schema': 's'}");

    JsonNode answer = answer("{'id': 2, 'op': 'emit', 'session': 's1', 'spans': ["
        + "{'ref': 'a', 'name': 'a', 'api': 'otel', 'tell': ['active_span']},"
        + " {'ref': 'b', 'name': 'b', 'destination': {'type': 'databricks-uc', 'catalog': 'c',"
        + " 'schema': 'other'}, 'remote_parent': {'traceparent': '00-1'}}]}");

    assertThat(emitted.get(0).otelApi()).isTrue();
    assertThat(emitted.get(0).tell()).containsExactly("active_span");
    assertThat(emitted.get(0).destination()).isNull();
    assertThat(emitted.get(1).otelApi()).isFalse();
    assertThat(emitted.get(1).destination())
        .isEqualTo(new Destination.UnityCatalog("c", "other", null, null));
    assertThat(emitted.get(1).remoteParent()).containsExactly(Map.entry("traceparent", "00-1"));
    assertThat(answer.at("/ok/refs").toString())
        .isEqualTo("{\"a\":{\"trace\":\"t\",\"span\":\"s\",\"told\":{\"active_span\":\"s\"}},"
            + "\"b\":{\"trace\":\"t\",\"span\":\"s\"}}");
  }

  @Test
  void export_spanOfOtlpCases_arrivesAndTheResultComesBack() throws IOException {
    open("{'type': 'otlp-http-json', 'endpoint': 'http://h'}");

    JsonNode answer = answer("{'id': 2, 'op': 'export', 'session': 's1', 'spans': ["
        + "{'ref': 'a', 'name': 'a', 'kind': 'SERVER', 'trace_state': 'k=v', 'sampled': false,"
        + " 'scope': {'name': 'lib', 'version': '1', 'attributes': []},"
        + " 'links': [{'ref': 'b'}, {'trace': 't', 'span': 's', 'remote': true}],"
        + " 'attributes': [{'key': 'k', 'value': {'doubleValue': 'NaN'}},"
        + " {'key': 'k', 'value': {'bytesValue': 'AP8='}}]}]}");

    OtelPart part = emitted.get(0).otel();
    assertThat(part.kind()).isEqualTo("SERVER");
    assertThat(part.traceState()).isEqualTo("k=v");
    assertThat(part.sampled()).isFalse();
    assertThat(part.scope()).isEqualTo(new OtelPart.Scope("lib", "1", null, Map.of()));
    assertThat(part.links()).extracting(OtelPart.Link::remote).containsExactly(false, true);
    assertThat(part.attributes())
        .extracting(OtelPart.Attribute::value)
        .containsExactly(Double.NaN, new byte[] {0, -1});
    assertThat(answer.path("ok").toString())
        .isEqualTo("{\"result\":\"failure\",\"refs\":{\"a\":{\"trace\":\"t\",\"span\":\"s\"}},"
            + "\"error\":\"refused\"}");
  }

  @Test
  void otelVariables_destinationAndSettings_settingsWin() throws IOException {
    ObjectNode settings = (ObjectNode)
        JSON.readTree(
            "{\"OTEL_BSP_MAX_QUEUE_SIZE\": \"\", \"OTEL_EXPORTER_OTLP_PROTOCOL\": null, \"timeout_ms\": 1}");
    SessionConfig config = new SessionConfig("http://h", new Destination.Otlp(true), settings);

    assertThat(config.otelVariables())
        .containsOnly(
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://h"),
            Map.entry("OTEL_BSP_MAX_QUEUE_SIZE", ""));
  }

  /** Writes down what it gets, and sends nothing. */
  private final class Listening implements ExporterSubject {

    @Override
    public String name() {
      return "listening";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public ObjectNode capabilities() {
      ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
      capabilities.putArray("config").add("batch.max_size");
      return capabilities;
    }

    @Override
    public Session open(SessionConfig config) {
      opened.add(config);
      return new Session() {
        @Override
        public Map<String, SpanIds> emit(List<SpanSpec> spans) {
          emitted.addAll(spans);
          Map<String, SpanIds> refs = new LinkedHashMap<>();
          for (SpanSpec span : spans) {
            Map<String, JsonNode> told = new LinkedHashMap<>();
            span.tell().forEach(what -> told.put(what, TextNode.valueOf("s")));
            refs.put(span.ref(), new SpanIds("t", "s", told));
          }
          return refs;
        }

        @Override
        public Exported export(List<SpanSpec> spans) {
          return new Exported(emit(spans), Outcome.FAILURE, "refused");
        }

        @Override
        public Outcome flush(Duration timeout) {
          return Outcome.UNKNOWN;
        }

        @Override
        public Outcome shutdown(Duration timeout) {
          return Outcome.UNKNOWN;
        }

        @Override
        public Map<String, JsonNode> observe(List<String> what) {
          return Map.of();
        }

        @Override
        public Map<String, Long> stats() {
          return Map.of();
        }

        @Override
        public void close() {}
      };
    }
  }
}
