package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.SizeStatistics.exactSizes;
import static io.github.tracingharness.conformance.check.SizeStatistics.percentilesOrdered;
import static io.github.tracingharness.conformance.check.SizeStatistics.spanCount;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recordings of the Python client are the oracle. In them the program's path was made shorter by 26
 * characters, which the test undoes, as it counts bytes.
 */
class SizeStatisticsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHORT_PATH = "\"mlflow.source.name\": \"/app/";
  private static final String LONG_PATH = SHORT_PATH + "x".repeat(26);

  @ParameterizedTest
  @CsvSource({"oss_seed_sync_artifact, 2", "oss_deterministic_sync, 5"})
  void exactSizes_recordedFromPython_areRecomputed(String recording, int spans) throws IOException {
    CaseHistory history = recorded(recording, "4087", "4087");
    assertMet(exactSizes("root"), history);
    assertMet(percentilesOrdered("root"), history);
    assertMet(spanCount("root", spans), history);
  }

  @Test
  void exactSizes_oneByteOff_showsBoth() throws IOException {
    CaseHistory history =
        recorded("oss_deterministic_sync", "\\\"p25\\\": 552", "\\\"p25\\\": 553");
    CheckResult result = exactSizes("root").judge(history);
    assertThat(result.message()).startsWith("""
            expected mlflow.trace.sizeStats {"total_size_bytes":4087,"num_spans":5,"max":724,"p25":552,"p50":569,"p75":586}
               found {"total_size_bytes":4087,"num_spans":5,"max":724,"p25":553,"p50":569,"p75":586}
             nearest #""");
    assertThat(result.isMet()).isFalse();
  }

  @Test
  void exactSizes_otherBytes_isNotMet() throws IOException {
    CaseHistory history = recorded("oss_deterministic_sync", "\"4087\"", "\"4088\"");
    assertThat(exactSizes("root").judge(history).message()).startsWith("""
            expected mlflow.trace.sizeBytes "4087"
               found "4088"
             nearest #""");
  }

  @Test
  void exactSizes_noSpans_isNotMet() {
    assertUnmet(exactSizes("a"), new HandMadeHistory().emit("a").start(1).build(), """
        expected a start-trace request and spans for the trace of a
           found not both of them
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void percentiles_notOrderedOrAbsent_isNotMet() {
    assertUnmet(
        percentilesOrdered("a"),
        withStats("{\\'p25\\': 3, \\'p50\\': 2, \\'p75\\': 4, \\'max\\': 5, \\'num_spans\\': 1}"),
        """
        expected trace_metadata["mlflow.trace.sizeStats"] of the trace of a to be 0 < p25 <= p50 <= p75 <= max, whole numbers
           found "{\\"p25\\": 3, \\"p50\\": 2, \\"p75\\": 4, \\"max\\": 5, \\"num_spans\\": 1}"
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "trace_metadata": {"mlflow.trace.sizeStats": "{\\"p25\\": 3, \\"p50\\": 2, \\"p75\\": 4, \\"max\\": 5, \\"num_spans\\": 1}"}}}}""");
    assertUnmet(spanCount("a", 2), new HandMadeHistory().emit("a").start(1).build(), """
        expected trace_metadata["mlflow.trace.sizeStats"] of the trace of a to be num_spans 2
           found absent
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111"}}}""");
  }

  private static CaseHistory withStats(String stats) {
    return new HandMadeHistory()
        .emit("a")
        .start(1, 200, ", 'trace_metadata': {'mlflow.trace.sizeStats': '%s'}".formatted(stats))
        .build();
  }

  private static CaseHistory recorded(String name, String from, String to) throws IOException {
    List<HistoryEvent> events = new ArrayList<>();
    String traceId = "";
    String path = "/golden/" + name + ".jsonl";
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        SizeStatisticsTest.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode request = JSON.readTree(line);
        events.add(exchange(request, from, to));
        JsonNode body = Json.strict(request.path("body").asText())
            .orElse(JsonNodeFactory.instance.missingNode());
        JsonNode id = body.at("/trace/trace_info/trace_id");
        traceId = traceId.isEmpty() ? id.asText() : traceId;
      }
    }
    ObjectNode ok = JSON.createObjectNode();
    ok.withObject("/refs/root").put("trace", traceId).put("span", "0000000000000000");
    events.addAll(new HandMadeHistory()
        .command("emit", "{'spans': [{'ref': 'root'}]}", ok.toString())
        .build()
        .events());
    return new CaseHistory("MLF-TEST-001", 1, JSON.createObjectNode(), events, 0);
  }

  private static Exchange exchange(JsonNode request, String from, String to) {
    List<Header> headers = new ArrayList<>();
    request
        .path("headers")
        .properties()
        .forEach(h -> headers.add(new Header(h.getKey(), h.getValue().asText())));
    byte[] body = request.has("body_b64")
        ? Base64.getDecoder().decode(request.get("body_b64").asText())
        : request
            .path("body")
            .asText()
            .replace(SHORT_PATH, LONG_PATH)
            .replace(from, to)
            .getBytes(StandardCharsets.UTF_8);
    return new Exchange(
        0,
        0,
        request.path("n").asLong(),
        endpoint(request.path("path").asText()),
        request.path("method").asText(),
        request.path("path").asText(),
        "",
        headers,
        Payload.of(body),
        request.path("status").asInt(),
        List.of(),
        Payload.EMPTY,
        1,
        false);
  }

  private static String endpoint(String path) {
    return switch (path) {
      case "/v1/traces" -> Endpoints.OTLP_TRACES;
      case "/api/3.0/mlflow/traces" -> Endpoints.START_TRACE;
      default -> path.endsWith("traces.json") ? Endpoints.PUT_ARTIFACT : Endpoints.OTHER;
    };
  }
}
