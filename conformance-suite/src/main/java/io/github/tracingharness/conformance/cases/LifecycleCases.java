package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.exit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.observe;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.cases.Steps.stats;
import static io.github.tracingharness.conformance.check.Requests.allRequests;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Exits;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Flush, shutdown, the end of the application, and what the exporter says of itself. */
final class LifecycleCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final String FLUSH = "MLF-LIFE-FLUSH-01";

  private LifecycleCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        flushDelivers(),
        flushTwice(),
        idleFlush(),
        honestFlush(),
        leakedChild(),
        shutdownDelivers(),
        shutdownTwice(),
        afterShutdown(),
        exits(
            "MLF-LIFE-009",
            "return",
            "MLF-LIFE-EXIT-01",
            "Traces arrive although the application ends at once"),
        exits(
            "MLF-LIFE-010",
            "throw",
            "MLF-LIFE-EXIT-02",
            "Traces arrive although the application ends by an exception"),
        lastActive(),
        balance(),
        balanceAfterLoss(),
        idleFlushIsQuick(),
        boundedExit());
  }

  private static ConformanceCase flushDelivers() {
    return life("MLF-LIFE-001", "When flush has returned, everything emitted before has arrived")
        .requirement(FLUSH)
        .config("async", true)
        .when(emitMany(12, root("work").inputs("in")), flush(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("arrived", STARTS.accepted().beforeReplyTo("flush").exactly(12))
        .never("nothing-later", allRequests().afterReplyTo("flush").none())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("result", "MLF-LIFE-FLUSH-03", Replies.result("flush", 1, "success"))
        .build();
  }

  private static ConformanceCase flushTwice() {
    return life(
            "MLF-LIFE-002", "After a flush tracing goes on, and a later flush delivers the rest")
        .requirement(FLUSH)
        .config("async", true)
        .when(emit(root("a")), flush(), emit(root("b")), flush(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("first", STARTS.accepted().beforeReplyTo("flush").exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("second-result", "MLF-LIFE-FLUSH-03", Replies.result("flush", 2, "success"))
        .build();
  }

  private static ConformanceCase idleFlush() {
    return life("MLF-LIFE-003", "A flush before the first trace sends none")
        .requirement("MLF-LIFE-FLUSH-04")
        .when(flush(), emit(root("work").inputs("in")), shutdown())
        .control("works", STARTS.accepted().exactly(1))
        .never("no-start", STARTS.beforeReplyTo("flush").none())
        .never("no-span", Requests.spanDeliveries().beforeReplyTo("flush").none())
        .build();
  }

  private static ConformanceCase honestFlush() {
    return life("MLF-LIFE-004", "Flush does not tell success when a trace was lost")
        .requirement("MLF-LIFE-FLUSH-03")
        .config("async", true)
        .config("retry.max_attempts", 1)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(400)))
        .when(emit(root("work").inputs("in")), flush(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("result", Replies.result("flush", 1, "failure"))
        .build();
  }

  private static ConformanceCase leakedChild() {
    return life(
            "MLF-LIFE-005", "A child that is never ended does not hold its trace back at a flush")
        .requirement("MLF-LIFE-FLUSH-02")
        .config("async", true)
        .when(
            emit(root("work").inputs("in"), child("leaked", "work").neverEnded(), root("other")),
            flush(),
            shutdown())
        .control("other", STARTS.accepted().ofTrace("other").exactly(1))
        .then(
            "flushed", STARTS.accepted().ofTrace("work").beforeReplyTo("flush").exactly(1))
        .then("root-span", span("work").delivered())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase shutdownDelivers() {
    return life("MLF-LIFE-006", "When shutdown has returned, everything has arrived")
        .requirement("MLF-LIFE-SHUTDOWN-01")
        .config("async", true)
        .when(emitMany(12, root("work").inputs("in")), shutdown(), flush())
        .control("seen", STARTS.atLeast(1))
        .then("arrived", STARTS.accepted().beforeReplyTo("shutdown").exactly(12))
        .never("nothing-later", allRequests().afterReplyTo("shutdown").none())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("result", "MLF-LIFE-FLUSH-03", Replies.result("shutdown", 1, "success"))
        .build();
  }

  private static ConformanceCase shutdownTwice() {
    return life("MLF-LIFE-007", "A second shutdown is legal, sends nothing and tells the same")
        .requirement("MLF-LIFE-SHUTDOWN-02")
        .when(emit(root("work").inputs("in")), shutdown(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("answered", Replies.answered("shutdown", 2))
        .then("same-result", Replies.sameResult("shutdown"))
        .never("nothing-later", allRequests().afterReplyTo("shutdown").none())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase afterShutdown() {
    return life("MLF-LIFE-008", "A trace made after shutdown is exported, or refused loudly")
        .requirement("MLF-LIFE-SHUTDOWN-03")
        .config("async", true)
        .when(emit(root("before")), shutdown(), emit(root("after")), flush())
        .control("before", STARTS.accepted().ofTrace("before").exactly(1))
        .then("app-unharmed", Replies.answered("emit", 2))
        .then(
            "not-silent",
            Delivery.everyTraceOnce()
                .or(Logs.logged("WARN", Pattern.compile("(?i)shut|terminat|closed|dropp|discard"))))
        .build();
  }

  private static ConformanceCase exits(String id, String how, String requirement, String title) {
    return life(id, title)
        .requirement(requirement)
        .config("async", true)
        .given(Servers::withoutSpanStorage)
        .when(emitMany(5, root("work").inputs("in")), exit(how))
        .control("emitted", Replies.answered("emit", 1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then(
            "exit-code",
            "MLF-LIFE-EXIT-04",
            how.equals("throw") ? Exits.withFailure() : Exits.normally())
        .build();
  }

  private static ConformanceCase lastActive() {
    return life("MLF-LIFE-011", "The last active trace is the one that ended last")
        .requirement("MLF-LIFE-ACTIVE-01")
        .when(
            emit(root("a")), observe(), emit(root("b"), child("part", "b")), observe(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("first", Replies.lastActiveTrace(1, "a"))
        .then("second", Replies.lastActiveTrace(2, "b"))
        .build();
  }

  private static ConformanceCase idleFlushIsQuick() {
    return life("MLF-LIFE-014", "A flush with nothing left to send returns at once")
        .requirement("MLF-LIFE-FLUSH-05")
        .config("async", true)
        .config("batch.interval_ms", 60_000)
        .when(emit(root("work").inputs("in")), flush(), flush(), shutdown())
        .control("seen", STARTS.accepted().beforeReplyTo("flush").atLeast(1))
        .then("at-once", Durations.atMost("flush", 2, Duration.ofSeconds(1)))
        .alone()
        .build();
  }

  private static ConformanceCase boundedExit() {
    return life(
            "MLF-LIFE-015",
            "A server that does not answer holds up the end, but not for each trace")
        .requirement("MLF-LIFE-EXIT-05")
        .config("async", true)
        .config("timeout_ms", 1_000)
        .config("retry.max_attempts", 1)
        .given(Servers::withoutSpanStorage)
        // The server has recorded a request when its delay is over, which the process must outlive.
        .given(Servers.always(Endpoint.START_TRACE, Fault.delay(Duration.ofMillis(1_500))))
        .when(emitMany(20, root("work").inputs("in")), exit("return"))
        .control("tried", STARTS.atLeast(1))
        .then("ended", Exits.within(Duration.ofSeconds(12)))
        .then("exit-code", "MLF-LIFE-EXIT-04", Exits.normally())
        .alone()
        .budget(Duration.ofSeconds(30))
        .build();
  }

  private static ConformanceCase balance() {
    return life("MLF-LIFE-012", "The exporter's counts balance after all was delivered")
        .requirement("MLF-LIFE-STATS-01")
        .when(emitMany(7, root("work").inputs("in")), flush(), stats(), shutdown())
        .control("seen", STARTS.exactly(7))
        .then("balance", Replies.statsBalance(1))
        .then("delivered", Replies.stat(1, "delivered", 7))
        .then("nothing-dropped", Replies.stat(1, "dropped", 0))
        .build();
  }

  private static ConformanceCase balanceAfterLoss() {
    return life("MLF-LIFE-013", "The exporter's counts balance after a loss")
        .requirement("MLF-LIFE-STATS-01")
        .config("retry.max_attempts", 1)
        .given(Servers::withoutSpanStorage)
        .given(Servers.first(2, Endpoint.START_TRACE, Fault.status(400)))
        .when(emitMany(5, root("work").inputs("in")), flush(), stats(), shutdown())
        .control("seen", STARTS.atLeast(5))
        .then("balance", Replies.statsBalance(1))
        .then("delivered", Replies.stat(1, "delivered", 3))
        .then("dropped", Replies.stat(1, "dropped", 2))
        .build();
  }

  private static ConformanceCase.Builder life(String id, String title) {
    return conformanceCase(id).title(title).family("lifecycle");
  }
}
