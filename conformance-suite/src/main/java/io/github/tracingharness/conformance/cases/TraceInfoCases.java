package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.metadata;
import static io.github.tracingharness.conformance.check.TraceInfoField.tag;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Times;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/** What the start-trace request says of a trace. */
final class TraceInfoCases {

  private static final long START = 1_700_000_000_223_456_789L;
  private static final String TOKENS = "mlflow.chat.tokenUsage";

  private TraceInfoCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        times(),
        negativeDuration(),
        states(),
        stateOverride(),
        tags(),
        unicode(),
        limits(),
        longTraceInputs(),
        jsonTagLimit(),
        session(),
        clientRequestId(),
        tokenUsage(),
        manyAttributes(),
        context());
  }

  private static ConformanceCase times() {
    return info(
            "MLF-INFO-001", "Request time and duration are the root's, to the millisecond below")
        .requirement("MLF-SEM-TIME-01")
        .when(
            emit(
                root("fraction").times(START, START + 1_234_999_999L),
                root("whole").times(1_700_000_000_000_000_000L, 1_700_000_002_000_000_000L),
                root("instant").times(START, START)),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(3))
        .then("time", Times.requestTime("fraction", "2023-11-14T22:13:20.223Z"))
        .then("duration", Times.duration("fraction", "1.234"))
        .then("whole-time", Times.requestTime("whole", "2023-11-14T22:13:20Z"))
        .then("whole-duration", Times.duration("whole", "2"))
        .then("no-duration", Times.duration("instant", "0"))
        .build();
  }

  private static ConformanceCase negativeDuration() {
    return info("MLF-INFO-002", "A root that ends before it starts has no negative duration")
        .requirement("MLF-SEM-TIME-02")
        .when(emit(root("work").times(START, START - 1_000_000_000L)), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .never("not-negative", Times.durationNotNegative("work"))
        .build();
  }

  private static ConformanceCase states() {
    return info("MLF-INFO-003", "The trace's state follows the root: UNSET and OK are OK")
        .requirement("MLF-SEM-STATE-01")
        .when(
            emit(
                root("unset"),
                root("fine").status("OK"),
                root("failed").status("ERROR", "why"),
                root("parent"),
                child("failing-child", "parent").status("ERROR", "inner")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(4))
        .then("unset", traceInfo("unset", "/state").is("OK"))
        .then("ok", traceInfo("fine", "/state").is("OK"))
        .then("error", traceInfo("failed", "/state").is("ERROR"))
        .then("child-error", traceInfo("parent", "/state").is("OK"))
        .build();
  }

  private static ConformanceCase stateOverride() {
    return info("MLF-INFO-004", "A state that the application sets wins over the root's status")
        .requirement("MLF-SEM-STATE-02")
        .when(
            emit(
                root("to-error").trace("state", "ERROR"),
                root("to-ok").status("ERROR", "why").trace("state", "OK")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("to-error", traceInfo("to-error", "/state").is("ERROR"))
        .then("to-ok", traceInfo("to-ok", "/state").is("OK"))
        .then("span-status", span("to-ok").status("ERROR"))
        .build();
  }

  private static ConformanceCase tags() {
    return info("MLF-INFO-005", "Name, tags and metadata of a trace arrive")
        .requirement("MLF-SEM-TAG-01")
        .when(
            emit(root("work").tag("a", "b").tag("c", "").metadata("m", "1"), child("part", "work")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("name", tag("work", "mlflow.traceName").is("work"))
        .then("tag", tag("work", "a").is("b"))
        .then("empty-tag", tag("work", "c").is(""))
        .then("metadata", metadata("work", "m").is("1"))
        .then(
            "schema",
            "MLF-SEM-META-01",
            metadata("work", "mlflow.trace_schema.version").is("3"))
        .build();
  }

  private static ConformanceCase unicode() {
    return info("MLF-INFO-006", "Text beyond ASCII and beyond 16 bits arrives unchanged")
        .requirement("MLF-SEM-TEXT-01")
        .when(
            emit(root("work")
                .name("naïve 名前 😀")
                .inputs("café ☕ \uD83D\uDE80")
                .attribute("emoji", "👩‍💻")
                .tag("ключ", "wärme 🔥")
                .metadata("μ", "½ \" \\ \n \u0001")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("name", tag("work", "mlflow.traceName").is("naïve 名前 😀"))
        .then("tag", tag("work", "ключ").is("wärme 🔥"))
        .then("metadata", metadata("work", "μ").is("½ \" \\ \n \u0001"))
        .then("preview", traceInfo("work", "/request_preview").is("\"café ☕ 🚀\""))
        .then("span-name", span("work").named("naïve 名前 😀"))
        .then("attribute", span("work").attribute("emoji", CaseSpan.text("👩‍💻")))
        .build();
  }

  private static ConformanceCase limits() {
    return info("MLF-INFO-007", "Tags are cut to 250 and 4096 characters, metadata to 250")
        .requirement("MLF-SEM-LIMIT-01")
        .when(
            emit(root("work")
                .tag("t".repeat(300), "v".repeat(5000))
                .tag("full", "x".repeat(4096))
                .metadata("m".repeat(300), "w".repeat(300))
                .metadata("full", "y".repeat(250))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("tag", tag("work", "t".repeat(250)).is("v".repeat(4096)))
        .then("full-tag", tag("work", "full").is("x".repeat(4096)))
        .then("metadata", metadata("work", "m".repeat(250)).is("w".repeat(250)))
        .then("full-metadata", metadata("work", "full").is("y".repeat(250)))
        .build();
  }

  private static ConformanceCase longTraceInputs() {
    return info("MLF-INFO-008", "Inputs and outputs in the metadata end in … beyond 250 characters")
        .requirement("MLF-SEM-LIMIT-01")
        .when(
            emit(
                root("long").inputs("i".repeat(600)).outputs("o".repeat(248)),
                root("none"),
                root("short").inputs(json("{'q': 1}")).outputs(json("[1, 2]"))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(3))
        .then("cut", metadata("long", "mlflow.traceInputs").is("\"" + "i".repeat(246) + "..."))
        .then("full", metadata("long", "mlflow.traceOutputs").is("\"" + "o".repeat(248) + "\""))
        .then(
            "text",
            "MLF-SEM-META-01",
            metadata("short", "mlflow.traceInputs").isTextOf(json("{'q': 1}")))
        .then("none", "MLF-SEM-META-01", metadata("none", "mlflow.traceInputs").is(""))
        .build();
  }

  private static ConformanceCase jsonTagLimit() {
    CaseSpan work = root("work");
    for (int i = 0; i < 120; i++) {
      work.prompt("prompt-with-a-long-name-" + i, Integer.toString(i));
    }
    return info("MLF-INFO-009", "A tag of JSON is still JSON when it is longer than a tag may be")
        .requirement("MLF-SEM-LIMIT-02")
        .when(emit(work), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then(
            "tag",
            tag("work", "mlflow.linkedPrompts")
                .isJsonText("a JSON list of prompts", v -> v.isArray() && !v.isEmpty()))
        .build();
  }

  private static ConformanceCase session() {
    return info("MLF-INFO-010", "Session and user of a trace stand in its metadata")
        .requirement("MLF-SEM-META-02")
        .when(emit(root("work").trace("session", "s-1").trace("user", "u-1")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("session", metadata("work", "mlflow.trace.session").is("s-1"))
        .then("user", metadata("work", "mlflow.trace.user").is("u-1"))
        .build();
  }

  private static ConformanceCase clientRequestId() {
    return info("MLF-INFO-011", "The application's own request id arrives; unset, it is absent")
        .requirement("MLF-SEM-META-03")
        .when(emit(root("work").trace("client_request_id", "req-42"), root("other")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("set", traceInfo("work", "/client_request_id").is("req-42"))
        .then("unset", traceInfo("other", "/client_request_id").absent())
        .build();
  }

  private static ConformanceCase tokenUsage() {
    return info("MLF-INFO-012", "Token usage is summed, but not below a span that has its own")
        .requirement("MLF-SEM-TOKENS-01")
        .when(
            emit(
                root("work"),
                child("agent", "work").type("AGENT").attribute(TOKENS, usage(10, 5)),
                child("llm", "agent").type("LLM").attribute(TOKENS, usage(100, 50)),
                child("other", "work").type("LLM").attribute(TOKENS, usage(1, 2)),
                root("silent")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("sum", metadata("work", "mlflow.trace.tokenUsage").isTextOf(usage(11, 7)))
        .then("none", metadata("silent", "mlflow.trace.tokenUsage").absent())
        .build();
  }

  private static com.fasterxml.jackson.databind.JsonNode usage(int in, int out) {
    return json("{'input_tokens': %d, 'output_tokens': %d, 'total_tokens': %d}"
        .formatted(in, out, in + out));
  }

  private static ConformanceCase manyAttributes() {
    CaseSpan work = root("work").inputs("in").outputs("out");
    for (int i = 0; i < 200; i++) {
      work.attribute("k" + i, json(Integer.toString(i)));
    }
    return info(
            "MLF-INFO-013", "A root of 200 attributes does not lose what the trace is made from")
        .requirement("MLF-SEM-LIMIT-03")
        .when(emit(work), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("state", traceInfo("work", "/state").is("OK"))
        .then("duration", traceInfo("work", "/execution_duration").present())
        .then("inputs", traceInfo("work", "/request_preview").is("\"in\""))
        .then("span", span("work").delivered())
        .then("span-inputs", span("work").attribute("mlflow.spanInputs", CaseSpan.text("in")))
        .build();
  }

  private static ConformanceCase context() {
    return info("MLF-INFO-014", "A trace has tags and metadata of its context, but its own name")
        .requirement("MLF-SEM-CONTEXT-01")
        .when(
            emit(
                root("work")
                    .contextTag("team", "blue")
                    .contextTag("mlflow.traceName", "other")
                    .contextMetadata("batch", "7")
                    .metadata("own", "1"),
                root("outside")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("name", tag("work", "mlflow.traceName").is("work"))
        .then("tag", tag("work", "team").is("blue"))
        .then("metadata", metadata("work", "batch").is("7"))
        .then("own", metadata("work", "own").is("1"))
        .then("only-inside", tag("outside", "team").absent())
        .build();
  }

  private static ConformanceCase.Builder info(String id, String title) {
    return conformanceCase(id).title(title).family("info");
  }
}
