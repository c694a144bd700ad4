package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.observe;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Check;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Shapes;
import io.github.tracingharness.conformance.check.Times;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Spans of the plain OpenTelemetry API beside MLflow's: in the same traces, or in none. */
final class OtelCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final Pattern TRACE_ID = Pattern.compile("tr-[0-9a-f]{32}");
  private static final long EVENT_TIME = 1_700_000_000_000_000_000L;
  private static final String HELLO = "{\"text\": \"hello\"}";
  private static final String WORLD = "{\"text\": \"world\"}";

  private OtelCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        otelRootUploaded(),
        otelRootStored(),
        mlflowRootUploaded(),
        mlflowRootStored(),
        isolated(),
        isolatedInside(),
        attributes());
  }

  private static ConformanceCase otelRootUploaded() {
    return otelRoot("MLF-OTEL-001", "is one trace, uploaded in the order of starts")
        .given(Servers::withoutSpanStorage)
        .then("one-upload", traceUploads().exactly(1))
        .then("order", Delivery.uploadedInOrder("parent_span", "mlflow_span", "child_span"))
        .build();
  }

  private static ConformanceCase otelRootStored() {
    return otelRoot("MLF-OTEL-002", "is one trace in the tracking store").build();
  }

  private static ConformanceCase.Builder otelRoot(String id, String what) {
    return unified(id, "MLflow's span below an OpenTelemetry root " + what)
        .requirement("MLF-SEM-OTEL-01")
        .when(
            emit(
                root("parent_span")
                    .otelApi()
                    .attribute("key1", "value1")
                    .event("event1", EVENT_TIME, Map.of("key2", "value2"))
                    .tell("active_span"),
                child("mlflow_span", "parent_span")
                    .inputs(json("{'text': 'hello'}"))
                    .attribute("key3", "value3")
                    .outputs(json("{'text': 'world'}")),
                child("child_span", "mlflow_span")
                    .otelApi()
                    .attribute("key4", "value4")
                    .status("OK")),
            observe(),
            flush(),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("one-trace", STARTS.exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("trace-id", traceInfo("parent_span", "/trace_id").matches(TRACE_ID))
        .then("active-span", Replies.activeSpanIsItself("parent_span"))
        .then("last-active", Replies.lastActiveTrace(1, "parent_span"))
        .then("experiment", Shapes.experimentOfDestination("parent_span"))
        .then("state", traceInfo("parent_span", "/state").is("OK"))
        .then("times", Times.thoseOfRoot("parent_span"))
        .then("no-request", emptyPreview("/request_preview"))
        .then("no-response", emptyPreview("/response_preview"))
        .then("root", span("parent_span").root())
        .then("root-status", span("parent_span").status("UNSET"))
        .then("root-attribute", span("parent_span").attribute("key1", text("value1")))
        .then(
            "root-event",
            span("parent_span").event("event1", EVENT_TIME, Map.of("key2", text("value2"))))
        .then("child", span("mlflow_span").childOf("parent_span"))
        .then("child-status", span("mlflow_span").status("OK"))
        .then("child-attribute", span("mlflow_span").attribute("key3", text("value3")))
        .then("leaf", span("child_span").childOf("mlflow_span"))
        .then("leaf-status", span("child_span").status("OK"))
        .then("leaf-attribute", span("child_span").attribute("key4", text("value4")));
  }

  private static ConformanceCase mlflowRootUploaded() {
    return mlflowRoot("MLF-OTEL-003", "is one trace, uploaded in the order of starts")
        .given(Servers::withoutSpanStorage)
        .then("one-upload", traceUploads().exactly(1))
        .then("order", Delivery.uploadedInOrder("mlflow_span", "otel_span", "child_span"))
        .build();
  }

  private static ConformanceCase mlflowRootStored() {
    return mlflowRoot("MLF-OTEL-004", "is one trace in the tracking store").build();
  }

  private static ConformanceCase.Builder mlflowRoot(String id, String what) {
    return unified(id, "An OpenTelemetry span below MLflow's root " + what)
        .requirement("MLF-SEM-OTEL-02")
        .when(
            emit(
                root("mlflow_span")
                    .inputs(json("{'text': 'hello'}"))
                    .outputs(json("{'text': 'world'}")),
                child("otel_span", "mlflow_span")
                    .otelApi()
                    .attribute("key3", "value3")
                    .status("OK"),
                child("child_span", "otel_span").attribute("key4", "value4")),
            observe(),
            flush(),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("one-trace", STARTS.exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("last-active", Replies.lastActiveTrace(1, "mlflow_span"))
        .then("experiment", Shapes.experimentOfDestination("mlflow_span"))
        .then("state", traceInfo("mlflow_span", "/state").is("OK"))
        .then("times", Times.thoseOfRoot("mlflow_span"))
        .then("request", traceInfo("mlflow_span", "/request_preview").is(HELLO))
        .then("response", traceInfo("mlflow_span", "/response_preview").is(WORLD))
        .then("root", span("mlflow_span").root())
        .then("root-status", span("mlflow_span").status("OK"))
        .then("child", span("otel_span").childOf("mlflow_span"))
        .then("child-status", span("otel_span").status("OK"))
        .then("child-attribute", span("otel_span").attribute("key3", text("value3")))
        .then("leaf", span("child_span").childOf("otel_span"))
        .then("leaf-status", span("child_span").status("OK"))
        .then("leaf-attribute", span("child_span").attribute("key4", text("value4")));
  }

  private static ConformanceCase isolated() {
    return isolated("MLF-OTEL-005", "In isolated mode OpenTelemetry spans are in no MLflow trace")
        .when(
            emit(root("parent_span").otelApi().attribute("key1", "value1")),
            emit(root("mlflow_span")
                .inputs(json("{'text': 'hello'}"))
                .outputs(json("{'text': 'world'}"))),
            observe(),
            flush(),
            shutdown())
        .then("request", traceInfo("mlflow_span", "/request_preview").is(HELLO))
        .then("response", traceInfo("mlflow_span", "/response_preview").is(WORLD))
        .then("times", Times.thoseOfRoot("mlflow_span"))
        .build();
  }

  private static ConformanceCase isolatedInside() {
    return isolated(
            "MLF-OTEL-006", "In isolated mode MLflow's span inside of another one is a root")
        .when(
            emit(
                root("parent_span").otelApi().attribute("key1", "value1"),
                child("mlflow_span", "parent_span").inputs("in")),
            observe(),
            flush(),
            shutdown())
        .build();
  }

  private static ConformanceCase.Builder isolated(String id, String title) {
    return otel(id, title, "isolated")
        .requirement("MLF-SEM-OTEL-03")
        .control("seen", STARTS.accepted().atLeast(1))
        .then("one-trace", STARTS.exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("trace-id", traceInfo("mlflow_span", "/trace_id").matches(TRACE_ID))
        .then("last-active", Replies.lastActiveTrace(1, "mlflow_span"))
        .then("root", span("mlflow_span").root())
        .then("status", span("mlflow_span").status("OK"))
        .then("state", traceInfo("mlflow_span", "/state").is("OK"));
  }

  private static ConformanceCase attributes() {
    return unified("MLF-OTEL-007", "Attributes of OpenTelemetry spans keep type and value")
        .requirement("MLF-SEM-OTEL-04")
        .when(
            emit(root("work")
                .otelApi()
                .attribute("number-text", "12345")
                .attribute("true-text", "true")
                .attribute("null-text", "null")
                .attribute("json-text", "{\"a\": 1}")
                .attribute("empty", "")
                .attribute("zero", json("0"))
                .attribute("no", json("false"))
                .attribute("list", json("['a', 'b']"))),
            flush(),
            shutdown())
        .control("delivered", span("work").delivered())
        .control("stored", requests(Endpoints.OTLP_TRACES).accepted().atLeast(1))
        .then("number-text", span("work").attribute("number-text", text("12345")))
        .then("true-text", span("work").attribute("true-text", text("true")))
        .then("null-text", span("work").attribute("null-text", text("null")))
        .then("json-text", span("work").attribute("json-text", text("{\"a\": 1}")))
        .then("empty", span("work").attribute("empty", text("")))
        .then("zero", span("work").attribute("zero", json("0")))
        .then("false-value", span("work").attribute("no", json("false")))
        .then("list", span("work").attribute("list", json("['a', 'b']")))
        .build();
  }

  /** The reference reads an absent preview back as empty text; both forms stand for none. */
  private static Check emptyPreview(String pointer) {
    return traceInfo("parent_span", pointer)
        .that("absent or empty", v -> v.isMissingNode() || v.asText("?").isEmpty());
  }

  private static ConformanceCase.Builder unified(String id, String title) {
    return otel(id, title, "unified");
  }

  private static ConformanceCase.Builder otel(String id, String title, String provider) {
    return conformanceCase(id)
        .title(title)
        .family("otel")
        .config("async", false)
        .config("provider", provider);
  }
}
