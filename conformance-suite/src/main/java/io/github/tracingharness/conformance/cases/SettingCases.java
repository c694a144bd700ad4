package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Shapes;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.ServerProfile;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Settings that have MLflow's own environment variables only. */
final class SettingCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final String RATIO = "MLFLOW_TRACE_SAMPLING_RATIO";
  private static final String WORKSPACE_HEADER = "X-MLFLOW-WORKSPACE";

  private SettingCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        half(),
        none(),
        strangeRatio(),
        valueLength(),
        timeout(),
        override(),
        workspace(),
        unreadable());
  }

  private static ConformanceCase half() {
    return setting("MLF-SETTING-001", "A ratio of 0.5 sends about half of the traces, each whole")
        .requirement("MLF-LIFE-SAMPLE-01")
        .config("async", true)
        .config(RATIO, "0.5")
        .when(emit(hundredPairs()), flush(), shutdown())
        .control("seen", STARTS.atLeast(1))
        // 100 tosses of a coin are outside of these bounds once in 10^17 runs.
        .then("some", STARTS.atLeast(10))
        .then("not-all", STARTS.atMost(90))
        .then("each-whole", Delivery.startedTracesHaveSpans(2))
        .build();
  }

  private static CaseSpan[] hundredPairs() {
    CaseSpan[] spans = new CaseSpan[200];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = root("work-" + i);
      spans[i + 1] = child("part-" + i, "work-" + i);
    }
    return spans;
  }

  private static ConformanceCase none() {
    return setting("MLF-SETTING-002", "A ratio of 0 sends nothing")
        .requirement("MLF-LIFE-SAMPLE-01")
        .config("async", false)
        .config(RATIO, "0")
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("unsampled", Replies.accepted(1, 0))
        .never("no-start", STARTS.none())
        .never("no-span", Requests.spanDeliveries().none())
        .build();
  }

  private static ConformanceCase strangeRatio() {
    return setting("MLF-SETTING-003", "A ratio of 1.5 is warned of, and every trace is sent")
        .requirement("MLF-LIFE-SAMPLE-02")
        .config("async", false)
        .config(RATIO, "1.5")
        .when(emitMany(5, root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("all", STARTS.exactly(5))
        .then("warned", Logs.logged("WARN", Pattern.compile("(?i)sampl|ratio")))
        .build();
  }

  private static ConformanceCase override() {
    return setting(
            "MLF-SETTING-006", "The ratio of a traced function goes before the configured one")
        .requirement("MLF-LIFE-SAMPLE-03")
        .config("async", false)
        .config(RATIO, "0")
        .when(
            emit(
                root("always").inputs("in").samplingRatio(1),
                child("part", "always"),
                root("usual").inputs("in")),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("always", STARTS.ofTrace("always").exactly(1))
        .then("part", span("part").childOf("always"))
        .never("no-other", STARTS.atMost(1))
        .build();
  }

  private static ConformanceCase valueLength() {
    String text = "x".repeat(60);
    return setting(
            "MLF-SETTING-004", "A limit for the length of values leaves what MLflow reads whole")
        .requirement("MLF-SEM-LIMIT-04")
        .config("async", false)
        .config("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20")
        .when(
            emit(root("work")
                .inputs(json("{'question': '" + text + "'}"))
                .outputs(text)
                .attribute("long", text)),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then(
            "inputs",
            span("work").attribute("mlflow.spanInputs", json("{'question': '" + text + "'}")))
        .then("outputs", span("work").attribute("mlflow.spanOutputs", json("'" + text + "'")))
        .then("request-id", Shapes.requestIdIsTraceId("work"))
        .then(
            "preview", traceInfo("work", "/request_preview").is("{\"question\": \"" + text + "\"}"))
        .build();
  }

  private static ConformanceCase timeout() {
    return setting("MLF-SETTING-005", "A trace that takes too long is sent as failed")
        .requirement("MLF-LIFE-TIMEOUT-01")
        .config("async", true)
        .config("MLFLOW_TRACE_TIMEOUT_SECONDS", "1")
        .config("MLFLOW_TRACE_TIMEOUT_CHECK_INTERVAL_SECONDS", "1")
        .when(
            emit(root("work").inputs("in").neverEnded()),
            await(Endpoints.START_TRACE, 1),
            flush(),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("by-itself", STARTS.beforeCommand("flush").atLeast(1))
        .then("state", traceInfo("work", "/state").is("ERROR"))
        .then("status", span("work").status("ERROR"))
        .then("event", span("work").event("exception", Map.of()))
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase workspace() {
    return setting("MLF-SETTING-007", "A workspace that is set stands in what every thread sends")
        .requirement("MLF-REST-WORKSPACE-01")
        .config("async", true)
        .config("MLFLOW_WORKSPACE", "team-a")
        .given(server -> server.profile(ServerProfile.standard().withWorkspaces()))
        .when(emit(root("work").inputs("in"), child("part", "work")), flush(), shutdown())
        .control("seen", STARTS.accepted().atLeast(1))
        .then("start", STARTS.header(WORKSPACE_HEADER, "team-a"))
        .then("spans", Requests.spanDeliveries().header(WORKSPACE_HEADER, "team-a"))
        .build();
  }

  private static ConformanceCase unreadable() {
    return setting("MLF-SETTING-008", "A setting that cannot be read is reported")
        .requirement("MLF-LIFE-SETTING-01")
        .judgesRefusal()
        .config("async", false)
        .config("MLFLOW_TRACE_TIMEOUT_SECONDS", "soon")
        .when(emit(root("work").inputs("in")), shutdown())
        .then("reported", Logs.reported(Pattern.compile("MLFLOW_TRACE_TIMEOUT_SECONDS|soon")))
        .build();
  }

  private static ConformanceCase.Builder setting(String id, String title) {
    return conformanceCase(id).title(title).family("setting");
  }
}
