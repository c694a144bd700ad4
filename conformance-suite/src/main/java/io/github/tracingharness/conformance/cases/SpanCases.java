package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What arrives of single spans: names, links, times, values, events, statuses, exceptions. */
final class SpanCases {

  private static final long START = 1_700_000_000_223_456_789L;
  private static final long SECOND = 1_000_000_000L;

  private SpanCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        tree(),
        attributes("MLF-SPAN-002", "in the tracking store", server -> {}),
        attributes("MLF-SPAN-003", "in an upload", Servers::withoutSpanStorage),
        events(),
        statuses(),
        exception(),
        interruption(),
        inputs(),
        levels(),
        interleaved(),
        sameNames(),
        endTwice(),
        twelve(),
        bigAttribute(),
        bigInteger(),
        loneSurrogate(),
        manyEvents(),
        brokenHook());
  }

  private static ConformanceCase manyEvents() {
    CaseSpan work = root("work").times(START, START + SECOND);
    for (int i = 0; i < 200; i++) {
      work = work.event("chunk", START + i, Map.of("text", "part " + i));
    }
    return spans("MLF-SPAN-017", "200 events of a stream are all kept, or their loss is told")
        .requirement("MLF-SEM-LIMIT-05")
        .when(emit(work), shutdown())
        .control("seen", span("work").delivered())
        .then(
            "all-or-told",
            span("work")
                .events("chunk", 200)
                .or(Logs.logged("WARN", Pattern.compile("(?i)event|limit|dropp|discard"))))
        .build();
  }

  private static ConformanceCase brokenHook() {
    return spans("MLF-SPAN-018", "A processor of the application that fails costs no span")
        .requirement("MLF-SEM-HOOK-01")
        .config("span_processor", "throws")
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("inputs", span("work").attribute("mlflow.spanInputs", text("in")))
        .then("warned", Logs.logged("WARN", Pattern.compile("(?i)process|hook|fail")))
        .then("app-unharmed", Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase tree() {
    return spans("MLF-SPAN-001", "Names, parent links and times of a tree arrive")
        .requirement("MLF-SEM-SPAN-01")
        .when(
            emit(
                root("work").times(START, START + 4 * SECOND),
                child("left", "work").times(START + 1, START + 2 * SECOND),
                child("leaf", "left").times(START + 2, START + SECOND + 7),
                child("right", "work").times(START + 2 * SECOND, START + 3 * SECOND)),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("root", span("work").root())
        .then("root-name", span("work").named("work"))
        .then("root-times", span("work").times(START, START + 4 * SECOND))
        .then("left", span("left").childOf("work"))
        .then("left-times", span("left").times(START + 1, START + 2 * SECOND))
        .then("leaf", span("leaf").childOf("left"))
        .then("leaf-name", span("leaf").named("leaf"))
        .then("leaf-times", span("leaf").times(START + 2, START + SECOND + 7))
        .then("right", span("right").childOf("work"))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase attributes(String id, String where, Consumer<CaseServer> server) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put("string", text("v"));
    values.put("empty", text(""));
    values.put("digits", text("12345"));
    values.put("word", text("true"));
    values.put("json-like", text("{\"a\": 1}"));
    values.put("int", json("42"));
    values.put("zero", json("0"));
    values.put("big-int", json("9007199254740993"));
    values.put("negative", json("-7"));
    values.put("double", json("1.5"));
    values.put("true", json("true"));
    values.put("false", json("false"));
    values.put("list", json("['a', 'b']"));
    values.put("map", json("{'x': {'y': [1, 2]}}"));
    CaseSpan work = root("work");
    values.forEach(work::attribute);
    ConformanceCase.Builder typed = spans(id, "Attributes keep type and value " + where)
        .requirement("MLF-SEM-SPAN-02")
        .config("async", false)
        .given(server)
        .when(emit(work), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1));
    values.forEach((key, value) -> typed.then(key, span("work").attribute(key, value)));
    return typed.build();
  }

  private static ConformanceCase events() {
    return spans("MLF-SPAN-004", "Events arrive with name, time and attributes, in order")
        .requirement("MLF-SEM-SPAN-03")
        .when(
            emit(
                root("work").times(START, START + SECOND),
                child("part", "work")
                    .times(START, START + SECOND)
                    .event("ev", START + 512, Map.of("attr1", "val1"))
                    .event("ev", START + 1024, Map.of("attr1", "val2"))
                    .event("bare", START + 2048, Map.of())),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("first", span("part").event("ev", START + 512, Map.of("attr1", text("val1"))))
        .then("second", span("part").event("ev", START + 1024, Map.of("attr1", text("val2"))))
        .then("bare", span("part").event("bare", START + 2048, Map.of()))
        .then("two", span("part").events("ev", 2))
        .then("none-elsewhere", span("work").events("ev", 0))
        .build();
  }

  private static ConformanceCase statuses() {
    return spans("MLF-SPAN-005", "Statuses arrive with their messages; an ended span is OK")
        .requirement("MLF-SEM-SPAN-04")
        .when(
            emit(
                root("work"),
                child("unset", "work"),
                child("fine", "work").status("OK"),
                child("failed", "work").status("ERROR", "why"),
                child("silent", "work").status("ERROR")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("unset", span("unset").status("OK"))
        .then("ok", span("fine").status("OK"))
        .then("error", span("failed").status("ERROR"))
        .then("message", span("failed").statusMessage("why"))
        .then("silent", span("silent").status("ERROR"))
        .then("no-message", span("silent").statusMessage(""))
        .build();
  }

  private static ConformanceCase exception() {
    return spans("MLF-SPAN-006", "An exception of the traced code is recorded and passed on")
        .requirement("MLF-SEM-EXCEPTION-01")
        .when(emit(root("work").inputs("in").raises("ValueError", "boom")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("passed-on", Replies.answered("emit", 1))
        .then("status", span("work").status("ERROR"))
        .then("message", span("work").statusMessage("ValueError: boom"))
        .then("one-event", span("work").events("exception", 1))
        .then("event", span("work").event("exception", exceptionEvent()))
        .then("level", span("work").attribute("mlflow.spanLogLevel", json("40")))
        .then("state", traceInfo("work", "/state").is("ERROR"))
        .build();
  }

  private static Map<String, JsonNode> exceptionEvent() {
    return Map.of("exception.type", text("ValueError"), "exception.message", text("boom"));
  }

  private static ConformanceCase interruption() {
    return spans("MLF-SPAN-007", "A span that an interruption left is not OK")
        .requirement("MLF-SEM-EXCEPTION-02")
        .when(emit(root("work").inputs("in").raises("KeyboardInterrupt", "stop")), shutdown())
        .control("delivered", span("work").delivered())
        .never("not-ok", span("work").notStatus("OK"))
        .build();
  }

  private static ConformanceCase inputs() {
    JsonNode in = json("{'q': 'x', 'n': [1, 2.5, true, null]}");
    return spans("MLF-SPAN-008", "Inputs, outputs and type stand in their attributes")
        .requirement("MLF-SEM-SPAN-05")
        .when(
            emit(
                root("work").type("CHAIN").inputs(in).outputs(json("['y']")),
                child("plain", "work"),
                child("nothing", "work").inputs(json("null"))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("inputs", span("work").attribute("mlflow.spanInputs", in))
        .then("outputs", span("work").attribute("mlflow.spanOutputs", json("['y']")))
        .then("type", span("work").attribute("mlflow.spanType", text("CHAIN")))
        .then("default-type", span("plain").attribute("mlflow.spanType", text("UNKNOWN")))
        .then("null-inputs", span("nothing").attribute("mlflow.spanInputs", json("null")))
        .build();
  }

  private static ConformanceCase levels() {
    return spans("MLF-SPAN-009", "Log levels follow the span's type")
        .requirement("MLF-SEM-SPAN-06")
        .when(
            emit(
                root("work"),
                child("llm", "work").type("LLM"),
                child("tool", "work").type("TOOL"),
                child("parser", "work").type("PARSER")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("default", span("work").attribute("mlflow.spanLogLevel", json("10")))
        .then("llm", span("llm").attribute("mlflow.spanLogLevel", json("20")))
        .then("tool", span("tool").attribute("mlflow.spanLogLevel", json("20")))
        .then("parser", span("parser").attribute("mlflow.spanLogLevel", json("10")))
        .build();
  }

  private static ConformanceCase interleaved() {
    return spans("MLF-SPAN-010", "Traces whose spans end in turns, parents first, stay whole")
        .requirement("MLF-SEM-SPAN-01")
        .when(
            emit(
                root("a").endOrder(1),
                root("b").endOrder(3),
                child("a-part", "a").endOrder(4),
                child("b-part", "b").endOrder(2)),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("a-part", span("a-part").childOf("a"))
        .then("b-part", span("b-part").childOf("b"))
        .build();
  }

  private static ConformanceCase sameNames() {
    return spans("MLF-SPAN-011", "Spans of the same name are kept apart, also across traces")
        .requirement("MLF-SEM-SPAN-01")
        .when(
            emit(
                root("one").name("dup"),
                child("one-a", "one").name("dup"),
                child("one-b", "one").name("dup"),
                root("two").name("dup")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("one-a", span("one-a").childOf("one"))
        .then("one-b", span("one-b").childOf("one"))
        .then("two", span("two").root())
        .build();
  }

  private static ConformanceCase endTwice() {
    return spans("MLF-SPAN-012", "A second end of a span changes nothing")
        .requirement("MLF-SEM-SPAN-07")
        .when(
            emit(
                root("work").endTimes(2),
                child("part", "work").times(START, START + SECOND).endTimes(3)),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("times", span("part").times(START, START + SECOND))
        .build();
  }

  private static ConformanceCase twelve() {
    List<CaseSpan> tree = new ArrayList<>(List.of(root("work")));
    for (int i = 1; i <= 11; i++) {
      tree.add(child("part-" + i, i % 3 == 1 ? "work" : "part-" + (i - 1)));
    }
    return spans("MLF-SPAN-013", "A trace of twelve spans arrives whole, each span once")
        .requirement("MLF-SEM-SPAN-01")
        .config("async", true)
        .when(emit(tree.toArray(CaseSpan[]::new)), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("deep", span("part-9").childOf("part-8"))
        .then("flat", span("part-10").childOf("work"))
        .build();
  }

  private static ConformanceCase bigAttribute() {
    String big = "x".repeat(200_000);
    return spans("MLF-SPAN-014", "An attribute of 200000 characters arrives uncut")
        .requirement("MLF-SEM-SPAN-02")
        .when(emit(root("work").attribute("blob", big)), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("value", span("work").attribute("blob", text(big)))
        .build();
  }

  private static ConformanceCase bigInteger() {
    return spans("MLF-SPAN-015", "A whole number beyond 64 bits does not keep its span back")
        .requirement("MLF-SEM-VALUE-02")
        .when(
            emit(
                root("work").inputs("in"),
                child("part", "work").inputs(json("{'big': 1180591620717411303424, 'small': 1}"))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("span", span("part").delivered())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase loneSurrogate() {
    return spans("MLF-SPAN-016", "Half a UTF-16 pair in a text does not keep the trace back")
        .requirement("MLF-SEM-VALUE-01")
        .when(
            emit(root("work").inputs("x\uD800y"), child("part", "work").inputs("z\uDC00")),
            shutdown())
        .control("called", Replies.answered("emit", 1))
        .then("start", requests(Endpoints.START_TRACE).accepted().exactly(1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder spans(String id, String title) {
    return conformanceCase(id).title(title).family("span");
  }
}
