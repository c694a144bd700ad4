package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.CheckResult;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Gap;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.history.HistoryEvent.Signal;
import io.github.tracingharness.conformance.history.Payload;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs made by hand: one with every verdict, one full of hostile text, an empty and a big one. */
final class SampleRun {

  static final SubjectIdentity SUBJECT = new SubjectIdentity(
      "mlflow-python", "3.17.2", "python", "CPython 3.11.7", "mlflow-python-driver 1.0");

  static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"' & ]]> | ``` \u001b[31mred"
          + "\u0000 \u202egnp.exe \ud800 \uffff \r\n\ttab <!-- é 漢 🎉";

  static final RequirementRegistry REQUIREMENTS = RequirementRegistry.of(List.of(
      new Requirement(
          "MLF-REST-START-01",
          Level.MUST,
          "an ended trace is announced with exactly one POST to /api/3.0/mlflow/traces",
          "mlflow 3.17.2, tracing/export/mlflow_v3.py",
          "observed",
          "mlflow-3.17",
          1,
          null),
      new Requirement(
          "RES-RETRY-01",
          Level.SHOULD,
          "after an answer that carries Retry-After the client waits at least that long",
          "RFC 9110, section 10.2.3",
          "normative",
          "mlflow-3.17",
          null,
          null)));

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SampleRun() {}

  static RunResult everyVerdict() {
    List<CaseResult> cases = new ArrayList<>();
    cases.add(result("MLF-EXPORT-001", "export", Verdict.PASS, null, "", 1));
    cases.add(result(
        "MLF-EXPORT-002",
        "export",
        Verdict.FAIL,
        FailureKind.ASSERTION,
        "expected exactly 1 request to START_TRACE\n   found 2 (requests 1 and 3)",
        1));
    cases.add(result(
        "MLF-EXPORT-003",
        "export",
        Verdict.FAIL,
        FailureKind.TIMEOUT,
        "flush was not answered within 5000 ms; the driver was killed",
        1));
    cases.add(result(
        "MLF-RETRY-001",
        "retry",
        Verdict.WARN,
        FailureKind.ASSERTION,
        "expected a gap of at least 1000 ms\n   found 212 ms",
        1));
    cases.add(result(
        "MLF-RETRY-002",
        "retry",
        Verdict.FLAKY,
        FailureKind.ASSERTION,
        "failed 2 of 4 runs: expected 3 attempts\n   found 2",
        4));
    cases.add(result(
        "MLF-RETRY-003",
        "retry",
        Verdict.INCONCLUSIVE,
        null,
        "the harness stood still for 240 ms, twice",
        2));
    cases.add(result(
        "MLF-FLUSH-001",
        "lifecycle",
        Verdict.KNOWN_FAILURE,
        FailureKind.ASSERTION,
        "flush does not wait for the running upload"
            + " (https://github.com/mlflow/mlflow/pull/24996)",
        1));
    cases.add(result(
        "MLF-FLUSH-002",
        "lifecycle",
        Verdict.UNEXPECTED_PASS,
        null,
        "listed as a known failure (loses spans), but assertion of sent does not fail any more",
        1));
    cases.add(result(
        "MLF-EXIT-001",
        "lifecycle",
        Verdict.UNSUPPORTED,
        null,
        "the driver does not support exit: it shares the process",
        1));
    cases.add(result(
        "UCT-EXPORT-001",
        "unity-catalog",
        Verdict.NOT_APPLICABLE,
        null,
        "the destination uc-table is not part of the run",
        0));
    cases.add(result(
        "MLF-CALL-001",
        "caller",
        Verdict.HARNESS_ERROR,
        null,
        "the fake server answered a request that is not in the script",
        1));
    return run(
        cases,
        List.of("the driver wrote 3 lines to stdout that are not JSON; the first is: hello"));
  }

  static RunResult hostile() {
    ConformanceCase c = conformanceCase("MLF-EXPORT-001", "export", HOSTILE);
    CheckVerdict check =
        new CheckVerdict("one-start", Verdict.FAIL, Level.MUST, "MLF-REST-START-01", HOSTILE);
    CaseVerdict verdict = new CaseVerdict(
        c.id(),
        Verdict.FAIL,
        FailureKind.ASSERTION,
        Level.MUST,
        "MLF-REST-START-01",
        HOSTILE,
        List.of(check),
        12);
    Payload body = Payload.of(HOSTILE);
    ObjectNode json = JSON.objectNode().put("op", HOSTILE).put(HOSTILE, HOSTILE);
    List<Header> headers = List.of(new Header(HOSTILE, HOSTILE));
    List<HistoryEvent> events = List.of(
        new Command(0, 1, HOSTILE, json),
        new Reply(1_000_000, 1, HOSTILE, ReplyKind.ERROR, json),
        new Log(2_000_000, "ERROR", HOSTILE, HOSTILE),
        new Signal(3_000_000, json),
        new ProcessEvent(4_000_000, "stderr", HOSTILE, null),
        new Released(5_000_000, HOSTILE, "step"),
        new HarnessFault(6_000_000, HOSTILE),
        new Exchange(
            500_000, 900_000, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, headers, body, 500, headers,
            body, 40_000, true));
    CaseHistory history = new CaseHistory(c.id(), 1, JSON.objectNode(), events, 12);
    SubjectIdentity subject = new SubjectIdentity(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE);
    return new RunResult(
        HOSTILE,
        subject,
        1,
        Instant.EPOCH,
        Duration.ofMillis(12),
        HOSTILE + " %s",
        List.of(new CaseResult(c, verdict, List.of(history))),
        List.of(HOSTILE));
  }

  static RunResult empty() {
    return run(List.of(), List.of());
  }

  static RunResult big(int cases) {
    List<CaseResult> results = new ArrayList<>();
    List<HistoryEvent> events = bigEvents();
    for (int i = 0; i < cases; i++) {
      String id = "MLF-BIG-%03d".formatted(i % 1000);
      Verdict verdict = i % 10 == 3 ? Verdict.FAIL : Verdict.PASS;
      ConformanceCase c = conformanceCase(id, "family" + i / 20, "does one thing of many");
      CaseHistory history = new CaseHistory(id, 1, JSON.objectNode(), events, 900);
      FailureKind kind = verdict == Verdict.FAIL ? FailureKind.ASSERTION : null;
      results.add(new CaseResult(
          c,
          verdict(c, verdict, kind, verdict == Verdict.FAIL ? "too big" : ""),
          List.of(history)));
    }
    return run(results, List.of());
  }

  /** A run of one case with this verdict. */
  static RunResult of(Verdict verdict, Level level) {
    ConformanceCase c = conformanceCase("MLF-ONE-001", "one", "does one thing");
    CaseVerdict judged =
        new CaseVerdict(c.id(), verdict, null, level, "MLF-REST-START-01", "why", List.of(), 1);
    return run(List.of(new CaseResult(c, judged, List.of())), List.of());
  }

  static RunResult run(List<CaseResult> cases, List<String> warnings) {
    return new RunResult(
        "0.1.0",
        SUBJECT,
        4711,
        Instant.parse("2026-11-22T18:00:00Z"),
        Duration.ofMillis(12_345),
        "./harness run mlflow-python --case %s --seed 4711",
        cases,
        warnings);
  }

  static CaseResult result(
      String id, String family, Verdict verdict, FailureKind kind, String message, int attempts) {
    ConformanceCase c = conformanceCase(id, family, "announces an ended trace once, " + id);
    List<CaseHistory> histories = new ArrayList<>();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      histories.add(new CaseHistory(id, attempt, JSON.objectNode(), events(verdict), 640));
    }
    return new CaseResult(c, verdict(c, verdict, kind, message), histories);
  }

  private static CaseVerdict verdict(
      ConformanceCase c, Verdict verdict, FailureKind kind, String message) {
    List<CheckVerdict> checks = switch (verdict) {
      case UNSUPPORTED, NOT_APPLICABLE, HARNESS_ERROR -> List.of();
      default -> kind == FailureKind.TIMEOUT ? List.of() : checks(verdict, kind, message);
    };
    boolean warn = verdict == Verdict.WARN;
    return new CaseVerdict(
        c.id(),
        verdict,
        kind,
        warn ? Level.SHOULD : Level.MUST,
        warn ? "RES-RETRY-01" : "MLF-REST-START-01",
        message,
        checks,
        640);
  }

  private static List<CheckVerdict> checks(Verdict verdict, FailureKind kind, String message) {
    Verdict second =
        kind == null ? Verdict.PASS : verdict == Verdict.WARN ? Verdict.WARN : Verdict.FAIL;
    return List.of(
        new CheckVerdict(
            "seen", Verdict.PASS, Level.MUST, "MLF-REST-START-01", "2 requests to START_TRACE"),
        new CheckVerdict(
            "one-start",
            second,
            verdict == Verdict.WARN ? Level.SHOULD : Level.MUST,
            verdict == Verdict.WARN ? "RES-RETRY-01" : "MLF-REST-START-01",
            second == Verdict.PASS ? "1 request to START_TRACE" : message),
        new CheckVerdict(
            "gap", Verdict.PASS, Level.SHOULD, "RES-RETRY-01", "gaps of 212 ms and 431 ms"));
  }

  static ConformanceCase conformanceCase(String id, String family, String title) {
    ObjectNode span = JSON.objectNode().put("ref", "root").put("name", "answer");
    ObjectNode emit = JSON.objectNode();
    emit.putArray("spans").add(span).addObject().put("ref", "kid").put("name", "retrieve");
    emit.putObject("concurrency").put("threads", 10).put("repeat", 10);
    return ConformanceCase.conformanceCase(id)
        .title(title)
        .family(family)
        .requirement("MLF-REST-START-01")
        .config("async", true)
        .config("retry.base_ms", 200)
        .given(server -> server.hold("first", "START_TRACE"))
        .when(
            new Step.Emit(emit),
            new Step.AwaitRequests("START_TRACE", 1, Duration.ofSeconds(2)),
            new Step.Release("first"),
            new Step.Flush(Duration.ofSeconds(3)),
            new Step.Observe(List.of("trace.last_active")),
            new Step.Stats(),
            new Step.Shutdown(Duration.ofSeconds(3)),
            new Step.Exit("return"))
        .control("seen", history -> CheckResult.met(""))
        .never("one-start", history -> CheckResult.met(""))
        .then("gap", "RES-RETRY-01", history -> CheckResult.met(""))
        .build();
  }

  private static List<HistoryEvent> events(Verdict verdict) {
    ObjectNode open = JSON.objectNode().put("id", 1).put("op", "open");
    open.putObject("config").put("async", true);
    ObjectNode emit = JSON.objectNode().put("id", 2).put("op", "emit");
    emit.putArray("spans").addObject().put("ref", "root").put("name", "answer");
    ObjectNode refs = JSON.objectNode();
    refs.putObject("refs")
        .putObject("root")
        .put("trace", "tr-0af7651916cd43dd8448eb211c80319c")
        .put("span", "00f067aa0ba902b7");
    ObjectNode flush = JSON.objectNode().put("id", 3).put("op", "flush").put("timeout_ms", 3000);
    List<HistoryEvent> events = new ArrayList<>(List.of(
        new ProcessEvent(100_000, "started", "python driver.py, process 4242", null),
        new Command(1_000_000, 1, "open", open),
        new Reply(41_000_000, 1, "open", ReplyKind.OK, JSON.objectNode().put("applied", "async")),
        new Command(42_000_000, 2, "emit", emit),
        new Reply(61_000_000, 2, "emit", ReplyKind.OK, refs),
        new Command(62_000_000, 3, "flush", flush),
        new Log(
            160_000_000,
            "WARN",
            "mlflow.tracing.export",
            "Failed to send trace tr-0af7: 503, will be tried again"),
        new Released(300_000_000, "first", "step"),
        new Signal(310_000_000, JSON.objectNode().put("event", "dropped").put("count", 3)),
        new Gap(420_000_000, 120)));
    if (verdict == Verdict.HARNESS_ERROR) {
      events.add(new HarnessFault(430_000_000, "no script for GET /x"));
    }
    events.add(new Reply(
        610_000_000, 3, "flush", ReplyKind.OK, JSON.objectNode().put("result", "success")));
    events.add(exchange(1, 70_000_000, 150_000_000, 503, 41_001));
    events.add(exchange(2, 362_000_000, 390_000_000, 200, 41_001));
    events.add(exchange(3, 400_000_000, 431_000_000, 200, 41_002));
    events.add(exchange(4, 440_000_000, 441_000_000, 0, 41_002));
    return events;
  }

  private static Exchange exchange(long number, long at, long answered, int status, int port) {
    return new Exchange(
        at,
        answered,
        number,
        "START_TRACE",
        "POST",
        "/api/3.0/mlflow/traces",
        "",
        List.of(
            new Header("Host", "127.0.0.1:4711"),
            new Header("Content-Type", "application/json"),
            new Header("Authorization", "sha256:9f86d081884c7d65")),
        Payload.of(
            "{\"trace\":{\"trace_info\":{\"trace_id\":\"tr-0af7651916cd43dd8448eb211c80319c\","
                + "\"state\":\"OK\",\"tags\":{\"a\":\"b\"},\"assessments\":[]}}}"),
        status,
        List.of(new Header("Content-Type", "application/json")),
        Payload.of("{\"trace\":{}}"),
        port,
        false);
  }

  private static List<HistoryEvent> bigEvents() {
    List<HistoryEvent> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String body = "{\"spans\":[" + "{\"name\":\"x\"},".repeat(200) + "{}]}";
      events.add(new Exchange(
          i * 3_000_000L,
          i * 3_000_000L + 2_000_000,
          i + 1,
          "OTLP_TRACES",
          "POST",
          "/v1/traces",
          "",
          List.of(new Header("Content-Type", "application/json")),
          Payload.of(body),
          200,
          List.of(),
          Payload.EMPTY,
          40_000 + i % 30,
          false));
    }
    return events;
  }
}
