package io.github.tracingharness.conformance.equality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.cli.PythonPackages;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.Search;
import io.github.tracingharness.core.client.TrackingReader;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces go to a real MLflow server and are read back. Slow: {@code .ci/real-server} runs it. */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RealServerTest {

  private static final Path REQUIREMENTS =
      Path.of("src", "test", "equality", "real-requirements.txt");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final List<Scenario> SCENARIOS = Arrays.stream(Scenario.values())
      .filter(scenario -> !scenario.onDatabricks() && !scenario.throughOtlp())
      // No process sends the root of that trace.
      .filter(scenario -> scenario != Scenario.REMOTE)
      .toList();
  private static final long START_NS = 1_795_000_000_123_456_789L;

  @TempDir
  private static Path directory;

  private static Path python;
  private static RealServer server;

  @BeforeAll
  @Timeout(value = 20, unit = TimeUnit.MINUTES) // The first time sets up Python's packages.
  static void start() throws Exception {
    python = PythonPackages.assumeInstalled("real-server", REQUIREMENTS.toAbsolutePath());
    server = RealServer.start(python, directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void tracesOfOurs_readBackByPython_areThoseThatPythonWrites() throws Exception {
    Map<Scenario, String> theirs = tracedByPython("python");
    Map<Scenario, String> ours = experiments("ours");
    for (Scenario scenario : SCENARIOS) {
      trace(scenario, ours.get(scenario));
    }

    List<String> all = new ArrayList<>(theirs.values());
    all.addAll(ours.values());
    JsonNode read = readByPython(all);

    List<Difference> found = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      found.addAll(Comparison.of(
          scenario.id(),
          "read back",
          stable(read, theirs.get(scenario)),
          stable(read, ours.get(scenario))));
    }
    assertThat(DifferenceTable.below("Read back from a real server").disagreements(found))
        .isEmpty();
  }

  @Test
  void tracesOfPython_readByOurs_areWhatPythonReads() throws Exception {
    Map<Scenario, String> written = tracedByPython("for our reader");
    JsonNode expected = readByPython(written.values());

    List<Difference> found = new ArrayList<>();
    try (MlflowTracing tracing = tracing("0", false)) {
      TrackingReader reader = tracing.reader();
      for (Scenario scenario : SCENARIOS) {
        String experiment = written.get(scenario);
        List<Trace> traces = new ArrayList<>();
        for (TraceInfo info :
            reader.searchTraces(List.of(experiment), Search.everything()).items()) {
          traces.add(reader.getTrace(info.traceId()));
        }
        assertThat(traces).as(scenario.id()).hasSize(1);
        JsonNode read = MAPPER.readTree(PythonJson.dumps(ReadTrees.of(traces)));
        found.addAll(Comparison.of(scenario.id(), "read by ours", expected.path(experiment), read));
      }
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest(name = "asynchronous: {0}")
  @ValueSource(booleans = {false, true})
  void traceOfOurs_readBackByPython_isWhatWasTraced(boolean asynchronous) throws Exception {
    String experiment = server.createExperiment("everything " + asynchronous);
    String traceId;
    try (MlflowTracing tracing = tracing(experiment, asynchronous)) {
      traceId = traceEverything(tracing);
      assertThat(tracing.flush(Duration.ofSeconds(60)).isSuccess()).isTrue();
    }

    JsonNode trace = readByPython(List.of(experiment)).path(experiment).path(0);

    assertThat(trace.path("trace_id").asText()).isEqualTo(traceId);
    assertThat(trace.path("experiment_id").asText()).isEqualTo(experiment);
    assertThat(trace.path("client_request_id").asText()).isEqualTo("request-1");
    assertThat(trace.path("state").asText()).isEqualTo("ERROR");
    assertThat(trace.path("request_time_ms").asLong()).isEqualTo(1_795_000_000_123L);
    assertThat(trace.path("execution_duration_ms").asLong()).isEqualTo(2_500);
    assertThat(trace.path("request_preview").asText()).isEqualTo("{\"question\": \"Wie? 😀\"}");
    assertThat(trace.path("response_preview").asText()).isEqualTo("[1, null, 2.5]");
    assertThat(trace.path("tags").path("fruit").asText()).isEqualTo("äpfel");
    assertThat(trace.path("tags").path("mlflow.traceName").asText()).isEqualTo("root");
    assertThat(trace.path("trace_metadata").path("color").asText()).isEqualTo("red");
    assertThat(trace.path("trace_metadata").path("mlflow.trace.session").asText())
        .isEqualTo("s-1");
    assertThat(trace.path("trace_metadata").path("mlflow.trace.user").asText()).isEqualTo("u-1");
    JsonNode root = trace.path("spans").path("root");
    assertThat(root.path("type").asText()).isEqualTo("AGENT");
    assertThat(root.path("parent_span_id").isNull()).isTrue();
    assertThat(root.path("start_time_unix_nano").asLong()).isEqualTo(START_NS);
    assertThat(root.path("end_time_unix_nano").asLong()).isEqualTo(START_NS + 2_500_000_001L);
    assertThat(root.path("inputs")).isEqualTo(MAPPER.readTree("{\"question\": \"Wie? 😀\"}"));
    assertThat(root.path("outputs")).isEqualTo(MAPPER.readTree("[1, null, 2.5]"));
    assertThat(root.path("attributes").path("map"))
        .isEqualTo(MAPPER.readTree("{\"k\": [true, {\"deep\": \"x\"}]}"));
    assertThat(root.path("status"))
        .isEqualTo(MAPPER.readTree("{\"code\": \"ERROR\", \"message\": \"it failed\"}"));
    assertThat(root.path("events")).isEqualTo(MAPPER.readTree("""
        [{"name": "happened", "attributes": {"why": "because", "n": 3},
          "time_unix_nano": 1795000001000000000}]"""));
    assertThat(root.path("links")).isEqualTo(MAPPER.readTree("""
        [{"trace_id": "tr-0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331",
          "attributes": {"kind": "cause"}}]"""));
    JsonNode child = trace.path("spans").path("child");
    assertThat(child.path("parent_span_id")).isEqualTo(root.path("span_id"));
    assertThat(child.path("type").asText()).isEqualTo("TOOL");
    assertThat(child.path("inputs").asText()).hasSize(300_000);
    assertThat(child.path("status").path("code").asText()).isEqualTo("OK");
  }

  @Test
  void traceOfOursThroughOtlp_readBackByPython_isWhatWasTraced() throws Exception {
    String experiment = server.createExperiment("otlp");
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .otlpEndpoint(server.uri().resolve("/v1/traces"))
        .experimentId(experiment)
        .build()) {
      JavaScenarios.otlpTags(tracing);
      assertThat(tracing.flush(Duration.ofSeconds(60)).isSuccess()).isTrue();
    }

    JsonNode trace = readByPython(List.of(experiment)).path(experiment).path(0);

    assertThat(trace.path("state").asText()).isEqualTo("OK");
    assertThat(trace.path("tags").path("fruit").asText()).isEqualTo("apple");
    JsonNode root = trace.path("spans").path("root");
    assertThat(root.path("type").asText()).isEqualTo("CHAIN");
    assertThat(root.path("parent_span_id").isNull()).isTrue();
    assertThat(root.path("inputs")).isEqualTo(MAPPER.readTree("{\"q\": \"hello\", \"n\": 1}"));
    assertThat(root.path("outputs")).isEqualTo(MAPPER.readTree("{\"answer\": true}"));
    JsonNode inner = trace.path("spans").path("inner");
    assertThat(inner.path("parent_span_id")).isEqualTo(root.path("span_id"));
    assertThat(inner.path("type").asText()).isEqualTo("TOOL");
    assertThat(inner.path("outputs").asText()).isEqualTo("plain");
    assertThat(inner.path("attributes").path("int").asInt()).isEqualTo(42);
    assertThat(inner.path("attributes").path("map"))
        .isEqualTo(MAPPER.readTree("{\"k\": [1, null]}"));
    assertThat(inner.path("events").path(0).path("name").asText()).isEqualTo("happened");
    assertThat(inner.path("events").path(0).path("attributes"))
        .isEqualTo(MAPPER.readTree("{\"why\": \"because\"}"));
  }

  private static String traceEverything(MlflowTracing tracing) {
    LiveSpan root = tracing
        .tracer()
        .spanBuilder("root")
        .type(SpanType.AGENT)
        .startTime(START_NS)
        .link("tr-0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", Map.of("kind", "cause"))
        .startSpan();
    root.setInputs(Map.of("question", "Wie? 😀"));
    root.setAttribute("map", Map.of("k", List.of(true, Map.of("deep", "x"))));
    root.addEvent("happened", Map.of("why", "because", "n", 3), 1_795_000_001_000_000_000L);
    try (LiveSpan child = tracing.tracer().startSpan("child")) {
      child.setSpanType(SpanType.TOOL).setInputs("x".repeat(300_000));
    }
    root.trace()
        .tag("fruit", "äpfel")
        .metadata("color", "red")
        .session("s-1")
        .user("u-1")
        .clientRequestId("request-1");
    root.setOutputs(Arrays.asList(1, null, 2.5));
    root.setStatus(SpanStatusCode.ERROR, "it failed");
    root.end(START_NS + 2_500_000_001L);
    return root.traceId();
  }

  private static Map<Scenario, String> tracedByPython(String name)
      throws IOException, InterruptedException {
    Map<Scenario, String> experiments = experiments(name);
    run(
        "scenarios.py",
        experiments.entrySet().stream()
            .map(entry -> entry.getKey().id() + "=" + server.uri() + "#" + entry.getValue())
            .toList());
    return experiments;
  }

  private static Map<Scenario, String> experiments(String writer)
      throws IOException, InterruptedException {
    Map<Scenario, String> experiments = new EnumMap<>(Scenario.class);
    for (Scenario scenario : SCENARIOS) {
      experiments.put(scenario, server.createExperiment(writer + " " + scenario.id()));
    }
    return experiments;
  }

  private static void trace(Scenario scenario, String experiment) {
    try (MlflowTracing tracing = tracing(experiment, scenario.asynchronous())) {
      scenario.trace(tracing);
      assertThat(tracing.flush(Duration.ofSeconds(60)).isSuccess()).isTrue();
    }
  }

  private static MlflowTracing tracing(String experiment, boolean asynchronous) {
    return MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(server.uri().toString())
        .experimentId(experiment)
        .asyncExport(asynchronous)
        .build();
  }

  private static JsonNode readByPython(Collection<String> experiments)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(server.uri().toString()));
    arguments.addAll(experiments);
    return MAPPER.readTree(run("read_traces.py", arguments));
  }

  private static String run(String script, List<String> arguments)
      throws IOException, InterruptedException {
    return PythonRun.start(python, directory, Map.of(), script, arguments).await();
  }

  /** The traces of an experiment without what differs from run to run. */
  private static JsonNode stable(JsonNode read, String experiment) {
    JsonNode traces = read.path(experiment);
    StableNames names = new StableNames();
    for (JsonNode trace : traces) {
      ((ObjectNode) trace).put("experiment_id", "«experiment»");
      ObjectNode tags = (ObjectNode) trace.path("tags");
      String location = tags.path("mlflow.artifactLocation").asText();
      tags.put(
          "mlflow.artifactLocation", location.replace(":/" + experiment + "/", ":/«experiment»/"));
      for (JsonNode span : trace.path("spans")) {
        names.span(
            span.path("trace_id").asText().replace("tr-", ""),
            span.path("span_id").asText(),
            span.path("name").asText());
      }
    }
    return names.tree(traces);
  }
}
