package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Catalog.INFOS;
import static io.github.tracingharness.conformance.cases.Catalog.OTHER;
import static io.github.tracingharness.conformance.cases.Catalog.SPANS;
import static io.github.tracingharness.conformance.cases.Catalog.TRACES;
import static io.github.tracingharness.conformance.cases.Catalog.spansTo;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitConcurrently;
import static io.github.tracingharness.conformance.cases.Steps.exit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.release;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.allRequests;

import io.github.tracingharness.conformance.check.Batches;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Exits;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** When spans for Unity Catalog are sent together, and what becomes of them at the end. */
final class CatalogBatchCases {

  /** Far beyond the length of a case: only size, flush and shutdown send a batch. */
  private static final int NEVER = 60_000;

  private static final String SHUTDOWN = "UCT-SHUTDOWN-01";
  private static final String HOLD = "spans";

  private CatalogBatchCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        bySize(),
        byInterval(),
        byFlush(),
        byThreads(),
        byTable(),
        shutdownDrains(),
        shutdownDrainsIntoABusyQueue(),
        exitDrains(),
        notHeld(),
        failuresStayVisible(),
        unreachable());
  }

  private static ConformanceCase bySize() {
    return batch("UCT-BATCH-001", "The fifth span sends a batch of five", 5, NEVER)
        .requirement("UCT-BATCH-01")
        .when(
            emit(
                root("work").inputs("in"),
                child("a", "work"),
                child("b", "work"),
                child("c", "work")),
            emit(root("last").inputs("in")),
            await(Endpoints.UC_SPANS, 1),
            flush(),
            shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("before-flush", SPANS.beforeCommand("flush").exactly(1))
        .then("five", Batches.sizes(spansTo(TRACES).beforeCommand("flush"), 5))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase byInterval() {
    return batch("UCT-BATCH-002", "A batch that is not full goes after the interval", 10, 300)
        .requirement("UCT-BATCH-02")
        .when(emit(root("work").inputs("in")), await(Endpoints.UC_SPANS, 1), flush(), shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("without-flush", Batches.sizes(spansTo(TRACES).beforeCommand("flush"), 1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase byFlush() {
    return batch("UCT-BATCH-003", "A flush sends a batch that is not full", 10, NEVER)
        .requirement("UCT-BATCH-03")
        .when(
            emit(root("work").inputs("in"), child("a", "work"), child("b", "work")),
            flush(),
            shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("three", Batches.sizes(spansTo(TRACES).beforeReplyTo("flush"), 3))
        .never("nothing-before", SPANS.beforeCommand("flush").none())
        .never("nothing-later", SPANS.afterReplyTo("flush").none())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase byThreads() {
    return batch(
            "UCT-BATCH-004", "25 spans of five threads fill batches of 10, 10 and 5", 10, NEVER)
        .requirement("UCT-BATCH-04")
        .when(
            emitConcurrently(
                5, 1, root("a"), root("b"), root("c").inputs("in"), root("d"), root("e")),
            flush(),
            shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("full-but-the-last", Batches.sizesInAnyOrder(spansTo(TRACES), 10, 10, 5))
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase byTable() {
    return batch("UCT-BATCH-005", "A batch for two tables is one request for each table", 10, NEVER)
        .requirement("UCT-BATCH-05")
        .config("queue.workers", 1)
        .when(
            emit(root("a").inputs("in"), child("a1", "a")),
            emit(root("b").destination(OTHER), child("b1", "b"), child("b2", "b")),
            flush(),
            shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("requests", SPANS.exactly(2))
        .then("first-table", Batches.sizes(spansTo(TRACES), 2))
        .then("second-table", Batches.sizes(spansTo(OTHER), 3))
        .then("order", Batches.inOrder(spansTo(TRACES), spansTo(OTHER)))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase shutdownDrains() {
    return batch("UCT-BATCH-006", "Shutdown sends a batch that is not full, async", 10, NEVER)
        .requirement(SHUTDOWN)
        .when(emit(root("work").inputs("in"), child("a", "work"), child("b", "work")), shutdown())
        .control("info", INFOS.atLeast(1))
        .then("three", Batches.sizes(spansTo(TRACES).beforeReplyTo("shutdown"), 3))
        .never("nothing-later", allRequests().afterReplyTo("shutdown").none())
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase shutdownDrainsIntoABusyQueue() {
    return batch(
            "UCT-BATCH-007", "Shutdown drains the batch while the queue is still at work", 2, NEVER)
        .requirement(SHUTDOWN)
        .config("queue.workers", 1)
        .given(Servers.always(Endpoint.UC_SPANS, Fault.delay(Duration.ofMillis(200))))
        .when(
            emit(root("a").inputs("in"), child("a1", "a")),
            emit(root("b").inputs("in"), child("b1", "b")),
            emit(root("c").inputs("in")),
            shutdown())
        .control("infos", INFOS.atLeast(1))
        .then("batches", Batches.sizes(spansTo(TRACES).beforeReplyTo("shutdown"), 2, 2, 1))
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase exitDrains() {
    return batch("UCT-BATCH-008", "A batch that is not full arrives at the normal exit", 10, NEVER)
        .requirement(SHUTDOWN)
        .when(
            emit(root("work").inputs("in"), child("a", "work"), child("b", "work")), exit("return"))
        .control("info", INFOS.atLeast(1))
        .then("three", Batches.sizes(spansTo(TRACES), 3))
        .then("spans-once", Delivery.everySpanOnce())
        .then("exit-code", "MLF-LIFE-EXIT-04", Exits.normally())
        .build();
  }

  private static ConformanceCase notHeld() {
    return batch(
            "UCT-BATCH-009", "Callers go on while the server holds its answers to spans", 1, NEVER)
        .requirement("UCT-ASYNC-01")
        .given((CaseServer server) -> server.hold(HOLD, Endpoints.UC_SPANS))
        .when(
            emit(root("a").inputs("in"), root("b"), root("c")),
            await(Endpoints.UC_SPANS, 1),
            release(HOLD),
            flush(),
            shutdown())
        .control("held", Replies.holdWasFelt(SPANS, HOLD))
        .then("caller-free", Replies.callerNotHeld(1, HOLD))
        .then("spans-once", Delivery.everySpanOnce())
        .alone()
        .build();
  }

  private static ConformanceCase failuresStayVisible() {
    Pattern spans = Pattern.compile("(?i)span");
    return batch("UCT-BATCH-010", "Refused spans are told of, the second time too", 1, NEVER)
        .requirement("UCT-FAIL-01")
        .config("retry.max_attempts", 1)
        .given(Servers.always(Endpoint.UC_SPANS, Fault.status(400)))
        .when(emit(root("a").inputs("in")), flush(), emit(root("b")), flush(), shutdown())
        .control("refused", SPANS.where("answered 400", e -> e.status() == 400).exactly(2))
        .then("first", Logs.logged("WARN", spans))
        .then(
            "second",
            "UCT-FAIL-02",
            Replies.result("flush", 2, "failure").or(Logs.loggedTimes("WARN", spans, 2)))
        .then("app-unharmed", Replies.answered("emit", 2))
        .build();
  }

  private static ConformanceCase unreachable() {
    return Catalog.uc(
            "uc-batch", "UCT-BATCH-011", "A workspace that breaks every call holds nobody for long")
        .requirement("UCT-FAIL-03")
        .config("async", false)
        .config("retry.budget_ms", 1_000)
        .given(Servers.always(Endpoint.ANY, Fault.resetBeforeAnswer()))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("tried", allRequests().atLeast(1))
        .then("caller-free", Replies.callersTogetherBelow(1, Duration.ofSeconds(8)))
        .then("told", Logs.logged("WARN", Pattern.compile("(?i)span|trace")))
        .budget(Duration.ofSeconds(10))
        .build();
  }

  private static ConformanceCase.Builder batch(String id, String title, int size, int intervalMs) {
    return Catalog.uc("uc-batch", id, title)
        .config("async", true)
        .config("batch.max_size", size)
        .config("batch.interval_ms", intervalMs);
  }
}
