package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.allRequests;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Shapes;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.regex.Pattern;

/** Methods, paths, headers and bodies. */
final class WireShapeCases {

  private static final Pattern TRACE_ID = Pattern.compile("tr-[0-9a-f]{32}");

  private WireShapeCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        startTrace(), otlp(), artifact(), prefix(), nothingRefused(), identity(), twoExperiments());
  }

  private static ConformanceCase startTrace() {
    return work("MLF-WIRE-001", "The start-trace request has the form that the server reads")
        .requirement("MLF-REST-START-01")
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("method", requests(Endpoints.START_TRACE).method("POST"))
        .then(
            "path",
            requests(Endpoints.START_TRACE).path(Pattern.compile("/api/3\\.0/mlflow/traces")))
        .then(
            "content-type",
            requests(Endpoints.START_TRACE)
                .header("Content-Type", Pattern.compile("application/json(;.*)?")))
        .then("length", requests(Endpoints.START_TRACE).bodyLengthDeclared())
        .then("json", requests(Endpoints.START_TRACE).each("a JSON body", Shapes::isJson))
        .then("trace-id", "MLF-REST-START-02", traceInfo("work", "/trace_id").matches(TRACE_ID))
        .then(
            "location-type",
            "MLF-REST-START-02",
            traceInfo("work", "/trace_location/type").is("MLFLOW_EXPERIMENT"))
        .then("experiment", "MLF-REST-START-02", Shapes.experimentOfDestination("work"))
        .build();
  }

  private static ConformanceCase otlp() {
    return work("MLF-WIRE-002", "Spans go to /v1/traces as protobuf, with bare ids")
        .requirement("MLF-REST-OTLP-01")
        .control("seen", requests(Endpoints.OTLP_TRACES).atLeast(1))
        .then("method", requests(Endpoints.OTLP_TRACES).method("POST"))
        .then("path", requests(Endpoints.OTLP_TRACES).path(Pattern.compile("/v1/traces")))
        .then(
            "content-type",
            requests(Endpoints.OTLP_TRACES).header("Content-Type", "application/x-protobuf"))
        .then("experiment-header", Shapes.experimentHeader())
        .then("ids", Shapes.spanIdsAreBare())
        .then("root", span("work").root())
        .then("child", span("part").childOf("work"))
        .then("request-id", Shapes.requestIdIsTraceId("part"))
        .build();
  }

  private static ConformanceCase artifact() {
    return work("MLF-WIRE-003", "An upload of trace data has the form that readers expect")
        .requirement("MLF-REST-UPLOAD-02")
        .given(Servers::withoutSpanStorage)
        .control("seen", traceUploads().atLeast(1))
        .then("method", traceUploads().method("PUT"))
        .then(
            "path",
            traceUploads()
                .path(
                    Pattern.compile(
                        "/api/2\\.0/mlflow-artifacts/artifacts/.+/tr-[0-9a-f]{32}/artifacts/traces\\.json")))
        .then("length", traceUploads().bodyLengthDeclared())
        .then("json", traceUploads().each("a JSON body", Shapes::isJson))
        .then("members", Shapes.artifactMembers())
        .then("attribute-texts", Shapes.artifactAttributesAreJsonText())
        .then("ids", Shapes.spanIdsAreBare())
        .then("root", span("work").root())
        .then("child", span("part").childOf("work"))
        .then("request-id", Shapes.requestIdIsTraceId("part"))
        .build();
  }

  private static ConformanceCase prefix() {
    return work("MLF-WIRE-004", "The path prefix of the tracking URI is kept on every request")
        .requirement("MLF-REST-PREFIX-01")
        .control("start", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .then("spans", span("part").delivered())
        .never("no-strange-path", requests(Endpoints.OTHER).none())
        .build();
  }

  private static ConformanceCase nothingRefused() {
    return work("MLF-WIRE-005", "Nothing is asked that a recent server refuses")
        .requirement("MLF-REST-KNOWN-01")
        .control("seen", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .never(
            "none-refused",
            allRequests().where("answered 4xx or 5xx", e -> e.status() >= 400).none())
        .build();
  }

  private static ConformanceCase identity() {
    return work("MLF-WIRE-006", "Every request says which client sends it")
        .requirement("MLF-REST-CLIENT-01")
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "user-agent",
            allRequests().header("User-Agent", Pattern.compile(".*(?i:mlflow|tracing).*")))
        .then(
            "one-version-request",
            "MLF-REST-VERSION-01",
            requests(Endpoints.VERSION).atMost(1))
        .build();
  }

  private static ConformanceCase twoExperiments() {
    return conformanceCase("MLF-WIRE-007")
        .title("A request with spans holds those of one experiment")
        .family("wire")
        .requirement("MLF-REST-OTLP-02")
        .config("async", true)
        .when(
            emit(
                root("here").inputs("in"),
                child("here-part", "here"),
                root("there").inputs("in").destination(CaseDestination.DEFAULT_EXPERIMENT),
                child("there-part", "there"),
                root("here-again")),
            flush(),
            shutdown())
        .control("seen", requests(Endpoints.OTLP_TRACES).atLeast(1))
        .control(
            "there",
            traceInfo("there", "/trace_location/mlflow_experiment/experiment_id")
                .is("0"))
        .then("own-experiment", Shapes.spansInTheirExperiment())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder work(String id, String title) {
    return conformanceCase(id)
        .title(title)
        .family("wire")
        .config("async", false)
        .when(
            emit(
                root("work").inputs(json("{'q': 'x'}")).outputs("out").tag("foo", "bar"),
                child("part", "work").attribute("k", "v")),
            shutdown());
  }
}
