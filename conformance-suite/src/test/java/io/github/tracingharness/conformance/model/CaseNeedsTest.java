package io.github.tracingharness.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.CheckResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseNeedsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void of_stepsAndConfig_areDerived() {
    ConformanceCase c = base()
        .needs("signal:log")
        .config("async", true)
        .config("environment", "databricks-notebook")
        .when(
            new Step.Flush(Duration.ofSeconds(1)),
            new Step.Shutdown(Duration.ofSeconds(1)),
            new Step.Observe(List.of("trace.last_active")),
            new Step.Stats(),
            new Step.Exit("return"),
            new Step.Release("h"))
        .build();
    assertThat(CaseNeeds.of(c))
        .containsExactly(
            "config:async",
            "destination:mlflow-v3",
            "environment:databricks-notebook",
            "op:exit",
            "op:flush",
            "op:observe",
            "op:shutdown",
            "op:stats",
            "signal:log");
  }

  @Test
  void of_spans_areDerived() throws IOException {
    assertThat(needs("{'spans': [{'ref': 'a', 'name': 'a'}]}")).isEmpty();
    assertThat(needs(
            "{'spans': [{'ref': 'a', 'attributes': [], 'events': [], 'status': {}, 'raise': {}}]}"))
        .containsExactly("span:attributes", "span:events", "span:raise", "span:status");
    assertThat(needs("{'spans': [{'ref': 'a', 'start': '1', 'end': '2'}]}"))
        .containsExactly("times:given");
    assertThat(needs("{'spans': [{'ref': 'a', 'end': null, 'end_order': 1, 'end_times': 2}]}"))
        .containsExactly("span:end-order", "span:end-twice", "span:never-ended");
    assertThat(needs("{'spans': [], 'concurrency': {'threads': 2, 'repeat': 2}}"))
        .containsExactly("span:concurrency");
    assertThat(needs(
            "{'gen': {'template': {'ref': 'a', 'mlflow': {'inputs': 1}}, 'count': 2, 'pad': {}}}"))
        .containsExactly("span:attributes", "span:mlflow.inputs");
    assertThat(needs(
            "{'spans': [{'ref': 'a', 'mlflow': {'trace': {'tags': {}, 'prompts': [], 'state': 'OK',"
                + " 'request_preview': 'x'}}}]}"))
        .containsExactly(
            "span:mlflow.previews",
            "span:mlflow.prompts",
            "span:mlflow.state",
            "span:mlflow.trace");
  }

  @Test
  void of_destination_isTheSessionsType() {
    ConformanceCase c = base()
        .destination(CaseDestination.unityCatalog("main", "traces"))
        .when(new Step.Stats())
        .build();
    assertThat(CaseNeeds.of(c)).containsExactly("destination:databricks-uc", "op:stats");
  }

  @Test
  void of_otlp_pipelineValuesAndVariablesAreDerived() throws IOException {
    ConformanceCase c = base()
        .destination(CaseDestination.OTLP_JSON)
        .config("OTEL_BSP_SCHEDULE_DELAY", "1000")
        .config("pipeline", "batch")
        .when(
            new Step.Export(
                json(
                    "{'spans': [{'ref': 'a', 'kind': 'SERVER', 'sampled': false,"
                        + " 'trace_state': 'k=v', 'scope': {}, 'links': [], 'attributes': [{'key': 'b', 'value':"
                        + " {'arrayValue': {'values': [{'bytesValue': 'AA=='}, {'doubleValue': 'NaN'}]}}}]}]}")))
        .build();
    assertThat(CaseNeeds.of(c))
        .containsExactly(
            "config:OTEL_BSP_SCHEDULE_DELAY",
            "destination:otlp-http-json",
            "pipeline:batch",
            "pipeline:direct",
            "span:attributes",
            "span:bytes",
            "span:kind",
            "span:links",
            "span:nan",
            "span:not-sampled",
            "span:scope",
            "span:trace-state");
  }

  @Test
  void of_spansOfOtherApisAndPlaces_areDerived() throws IOException {
    assertThat(
            needs("{'spans': [{'ref': 'a', 'api': 'otel', 'tell': ['active_span', 'headers']}]}"))
        .containsExactly("span:otel-api", "span:tell.active_span", "span:tell.headers");
    assertThat(needs("{'spans': [{'ref': 'a', 'destination': {}, 'remote_parent': {}}]}"))
        .containsExactly("span:destination", "span:remote-parent");
  }

  @Test
  void missing_undeclared_isNamed() throws IOException {
    ConformanceCase c = base()
        .config("async", true)
        .when(
            emit("{'spans': [{'ref': 'a', 'start': '1', 'events': []}]}"),
            new Step.Flush(Duration.ofSeconds(1)))
        .build();
    assertThat(CaseNeeds.missing(
            c,
            json("{'destinations': ['mlflow-v3'], 'ops': ['flush'], 'config': ['async'],"
                + " 'spans': ['events'], 'times': 'given'}")))
        .isEmpty();
    assertThat(CaseNeeds.missing(
            c, json("{'destinations': ['databricks-uc'], 'ops': ['stats'], 'times': 'own'}")))
        .containsExactly(
            "config:async", "destination:mlflow-v3", "op:flush", "span:events", "times:given");
  }

  /** The needs of the spans alone. */
  private static Iterable<String> needs(String emit) throws IOException {
    return CaseNeeds.of(base().when(emit(emit)).build()).stream()
        .filter(need -> !need.startsWith("destination:"))
        .toList();
  }

  private static Step.Emit emit(String body) throws IOException {
    return new Step.Emit(json(body));
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  private static ConformanceCase.Builder base() {
    return ConformanceCase.conformanceCase("MLF-TEST-001")
        .title("t")
        .family("f")
        .requirement("R")
        .then("check", h -> CheckResult.met("x"));
  }
}
