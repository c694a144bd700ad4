package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitConcurrently;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.release;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Background export: callers are never held, nothing is lost, and the notebook rule. */
final class AsyncCases {

  private static final String NOTEBOOK = "databricks-notebook";
  private static final String NOTEBOOK_RULE = "MLF-LIFE-ASYNC-01";
  private static final String NOT_HELD = "MLF-LIFE-ASYNC-02";
  private static final String HOLD = "start";
  private static final Duration SERVER_TIME = Duration.ofMillis(100);

  private AsyncCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        bulk(),
        held(),
        heldByDefault(),
        sync(),
        notebook(),
        notebookExplicit(),
        fullQueue(),
        burst());
  }

  private static ConformanceCase bulk() {
    return conformanceCase("MLF-ASYNC-001")
        .title("100 traces from 10 threads arrive once each, though the server takes 0.1 s a call")
        .family("async")
        .requirement("MLF-LIFE-BULK-01")
        .config("async", true)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.delay(SERVER_TIME)))
        .given(Servers.always(Endpoint.PUT_ARTIFACT, Fault.delay(SERVER_TIME)))
        .when(
            emitConcurrently(10, 10, root("work").inputs("in").outputs("out")), flush(), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("all-starts", requests(Endpoints.START_TRACE).exactly(100))
        .then("all-uploads", traceUploads().exactly(100))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        // In sync mode a thread waits 10 times for both answers, that is 2 s.
        .then("callers-free", NOT_HELD, Replies.callersTogetherBelow(1, Duration.ofSeconds(2)))
        .alone()
        .budget(Duration.ofSeconds(30))
        .build();
  }

  private static ConformanceCase held() {
    return held("MLF-ASYNC-002", "In async mode callers go on while the server holds its answers")
        .requirement(NOT_HELD)
        .config("async", true)
        .control("held", Replies.holdWasFelt(requests(Endpoints.START_TRACE), HOLD))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase heldByDefault() {
    return held("MLF-ASYNC-003", "Without a setting export is in the background")
        .requirement("MLF-LIFE-ASYNC-03")
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase sync() {
    return conformanceCase("MLF-ASYNC-004")
        .title("In sync mode a trace has arrived when the traced call returns")
        .family("async")
        .requirement("MLF-LIFE-ASYNC-04")
        .config("async", false)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "arrived",
            requests(Endpoints.START_TRACE).accepted().beforeReplyTo("emit").exactly(1))
        .then(
            "nothing-later",
            requests(Endpoints.START_TRACE).afterReplyTo("emit").none())
        .build();
  }

  private static ConformanceCase notebook() {
    return conformanceCase("MLF-ASYNC-005")
        .title("In a Databricks notebook export is synchronous unless set otherwise")
        .family("async")
        .requirement(NOTEBOOK_RULE)
        .config("environment", NOTEBOOK)
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "arrived",
            requests(Endpoints.START_TRACE).accepted().beforeReplyTo("emit").exactly(1))
        .build();
  }

  private static ConformanceCase notebookExplicit() {
    return held("MLF-ASYNC-006", "In a Databricks notebook an explicit setting wins: async")
        .requirement(NOTEBOOK_RULE)
        .config("environment", NOTEBOOK)
        .config("async", true)
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase fullQueue() {
    return held("MLF-ASYNC-007", "A full queue drops, says so, and does not hold the caller", 60)
        .requirement("MLF-LIFE-QUEUE-01")
        .config("async", true)
        .config("queue.max_size", 3)
        .config("queue.workers", 1)
        .control("seen", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then(
            "loss-told",
            Delivery.everyTraceOnce()
                .or(Logs.logged("WARN", Pattern.compile("(?i)queue|dropp|discard"))))
        .build();
  }

  private static ConformanceCase burst() {
    return held("MLF-ASYNC-008", "A burst that the queue has room for is not lost silently", 40)
        .requirement("MLF-LIFE-QUEUE-01")
        .config("async", true)
        .config("queue.max_size", 100)
        .control("seen", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then(
            "traces-once",
            Delivery.everyTraceOnce()
                .or(Logs.logged("WARN", Pattern.compile("(?i)queue|dropp|discard"))))
        .build();
  }

  private static ConformanceCase.Builder held(String id, String title) {
    return held(id, title, 20);
  }

  private static ConformanceCase.Builder held(String id, String title, int traces) {
    return conformanceCase(id)
        .title(title)
        .family("async")
        .given((CaseServer server) -> server.hold(HOLD, Endpoints.START_TRACE))
        .when(
            emitMany(traces, root("work").inputs("in")),
            await(Endpoints.START_TRACE, 1),
            release(HOLD),
            flush(),
            shutdown())
        .alone();
  }
}
