package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.json;
import static io.github.tracingharness.conformance.check.HandMadeHistory.otlpSpan;
import static io.github.tracingharness.conformance.check.HandMadeHistory.uploaded;

import io.github.tracingharness.conformance.history.Header;
import org.junit.jupiter.api.Test;

class ShapesTest {

  private static final String UPLOAD =
      "#1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200:"
          + " span 1111111111111111 \"s1\" of trace 11111111111111111111111111111111";

  @Test
  void experiment_other_isNotMet() {
    String location = ", 'trace_location': {'mlflow_experiment': {'experiment_id': '%s'}}";
    assertMet(
        Shapes.experimentOfDestination("a"),
        new HandMadeHistory()
            .open()
            .emit("a")
            .start(1, 200, location.formatted("1"))
            .build());
    assertUnmet(
        Shapes.experimentOfDestination("a"),
        new HandMadeHistory()
            .open()
            .emit("a")
            .start(1, 200, location.formatted("0"))
            .build(),
        """
        expected trace_info/trace_location/mlflow_experiment/experiment_id of the trace of a to be "1"
           found "0"
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "trace_location": {"mlflow_experiment": {"experiment_id": "0"}}}}}""");
    assertMet(
        Shapes.experimentHeader(),
        new HandMadeHistory()
            .open()
            .request(
                "POST",
                Endpoints.OTLP_TRACES,
                "/v1/traces",
                200,
                "{}",
                new Header("X-MLflow-Experiment-Id", "1"))
            .build());
  }

  @Test
  void spanIdsAreBare_zeroId_isNotMet() {
    assertMet(
        Shapes.spanIdsAreBare(),
        new HandMadeHistory().otlp(200, otlpSpan(1, 1, "")).build());
    assertUnmet(
        Shapes.spanIdsAreBare(),
        new HandMadeHistory().otlp(200, otlpSpan(1, 0, "")).build(),
        """
        expected every delivered span with a trace id of 16 bytes and a span id of 8, not zero
           found trace id 11111111111111111111111111111111, span id 0000000000000000
         nearest #1 POST /v1/traces -> 200: span 0000000000000000 "s0" of trace 11111111111111111111111111111111""");
    assertUnmet(Shapes.spanIdsAreBare(), new HandMadeHistory().build(), """
        expected every delivered span with a trace id of 16 bytes and a span id of 8, not zero
           found no span at all
         nearest all requests: no request at all""");
  }

  @Test
  void artifactMembers_missing_areNamed() {
    assertMet(
        Shapes.artifactMembers(),
        new HandMadeHistory()
            .upload(1, uploaded(1, 1, "null", ", 'events': [], 'attributes': {}"))
            .build());
    assertUnmet(
        Shapes.artifactMembers(),
        new HandMadeHistory().upload(1, uploaded(1, 1, "null", "")).build(),
        "expected every delivered span with the members [trace_id, span_id, parent_span_id, name,"
            + " start_time_unix_nano, end_time_unix_nano, events, status, attributes]\n"
            + "   found no [events, attributes]\n nearest " + UPLOAD);
  }

  @Test
  void artifactAttributes_rawValue_isNotMet() {
    assertMet(
        Shapes.artifactAttributesAreJsonText(),
        new HandMadeHistory()
            .upload(1, uploaded(1, 1, "null", ", 'attributes': {'k': 'NaN', 'n': '1'}"))
            .build());
    assertUnmet(
        Shapes.artifactAttributesAreJsonText(),
        new HandMadeHistory()
            .upload(1, uploaded(1, 1, "null", ", 'attributes': {'k': 'v'}"))
            .build(),
        "expected every delivered span with attribute values that are strings of JSON text\n"
            + "   found k = \"v\"\n nearest " + UPLOAD);
    assertUnmet(
        Shapes.artifactAttributesAreJsonText(),
        new HandMadeHistory()
            .upload(1, uploaded(1, 1, "null", ", 'attributes': {'k': 1}"))
            .build(),
        "expected every delivered span with attribute values that are strings of JSON text\n"
            + "   found k = 1\n nearest " + UPLOAD);
  }

  @Test
  void requestIdIsTraceId_other_isNotMet() {
    String id = ", 'attributes': {'mlflow.traceRequestId': '\\'%s\\''}";
    assertMet(
        Shapes.requestIdIsTraceId("a"),
        new HandMadeHistory()
            .emit("a")
            .upload(1, uploaded(1, 1, "null", id.formatted(HandMadeHistory.trace(1))))
            .build());
    assertUnmet(
        Shapes.requestIdIsTraceId("a"),
        new HandMadeHistory()
            .emit("a")
            .upload(1, uploaded(1, 1, "null", id.formatted("tr-1")))
            .build(),
        "expected span a with attribute mlflow.traceRequestId = \"tr-11111111111111111111111111111111\"\n"
            + "   found \"tr-1\"\n nearest " + UPLOAD);
  }

  @Test
  void linked_otherPromptsOrTrace_isNotMet() {
    HandMadeHistory history = new HandMadeHistory()
        .emit("a")
        .request(
            "POST",
            Endpoints.LINK_PROMPTS,
            "/link",
            200,
            "{'trace_id': '%s', 'prompt_versions': [{'name': 'p', 'version': '1'}]}"
                .formatted(HandMadeHistory.trace(1)));
    assertMet(Links.linked("a", json("[{'version': '1', 'name': 'p'}]")), history.build());
    assertMet(Links.attempted(), history.build());
    assertUnmet(Links.linked("a", json("[{'name': 'p', 'version': 1}]")), history.build(), """
        expected a linking request for tr-11111111111111111111111111111111 with [{"name":"p","version":1}]
           found another one
         nearest #1 POST /link -> 200: {"trace_id": "tr-11111111111111111111111111111111", "prompt_versions": [{"name": "p", "version": "1"}]}""");
    assertUnmet(Links.linked("a", json("[]")), new HandMadeHistory().emit("a").build(), """
        expected a linking request for tr-11111111111111111111111111111111 with []
           found none
         nearest all requests: no request at all""");
  }
}
