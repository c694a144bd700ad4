package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.exit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.fork;
import static io.github.tracingharness.conformance.cases.Steps.measure;
import static io.github.tracingharness.conformance.cases.Steps.measureSettled;
import static io.github.tracingharness.conformance.cases.Steps.race;
import static io.github.tracingharness.conformance.cases.Steps.release;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.cases.Steps.stats;
import static io.github.tracingharness.conformance.cases.Steps.terminate;
import static io.github.tracingharness.conformance.check.Requests.allRequests;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Usage;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/**
 * What exporters take from an application and give back: threads, sockets, processes; overload,
 * races and the end of the application.
 */
final class ResourceCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final String RACE = "RES-RACE-01";
  private static final String FORK = "RES-FORK-01";
  private static final String HOLD = "start";
  private static final int THREADS = 8;

  private ResourceCases() {}

  /** The cases with a tracking server of MLflow. */
  static List<ConformanceCase> mlflow() {
    return List.of(released(), reused(), overload(), races(), forked(), exited(), terminated());
  }

  /** The cases with a collector. */
  static List<ConformanceCase> otlp() {
    return List.of(otlpReleased(), otlpRaces(), otlpForked());
  }

  private static ConformanceCase released() {
    return mlflow("MLF-RESOURCE-001", "After shutdown threads and sockets are given back")
        .requirement("RES-SOCKET-01")
        .when(
            measure("before"),
            emitMany(5, root("work").inputs("in")),
            flush(),
            shutdown(),
            measureSettled("after"),
            flush())
        .control("seen", STARTS.atLeast(1))
        .then("sockets", Usage.socketsReleased("before", "after"))
        .then("threads", "RES-THREAD-01", Usage.threadsReleased("before", "after"))
        .build();
  }

  private static ConformanceCase reused() {
    return conformanceCase("MLF-RESOURCE-002")
        .title("Traces that are exported one after the other share connections")
        .family("resource")
        .requirement("RES-REUSE-01")
        .config("async", false)
        .when(emitMany(10, root("work").inputs("in")), flush(), shutdown())
        .control("seen", STARTS.atLeast(10))
        .then("connections", allRequests().connectionsAtMost(2))
        .build();
  }

  private static ConformanceCase overload() {
    return mlflow("MLF-RESOURCE-003", "Under overload the counts agree with what the server took")
        .requirement("RES-ACCOUNT-01")
        .config("queue.max_size", 3)
        .config("queue.workers", 1)
        .given((CaseServer server) -> server.hold(HOLD, Endpoints.START_TRACE))
        .when(
            emitMany(60, root("work").inputs("in")),
            await(Endpoints.START_TRACE, 1),
            release(HOLD),
            flush(),
            stats(),
            shutdown())
        .control("seen", STARTS.accepted().atLeast(1))
        .then("not-held", "RES-OVERLOAD-01", Replies.callerNotHeld(1, HOLD))
        // The queue, what a worker has in hand, and what the application was just handing over.
        .never("bounded", "RES-OVERLOAD-01", STARTS.accepted().atMost(12))
        .then("balance", Replies.statsBalance(1))
        .then("agrees", Replies.deliveredAgrees(1))
        .build();
  }

  private static ConformanceCase races() {
    return mlflow("MLF-RESOURCE-004", "Flushes and shutdowns of eight threads lose nothing")
        .requirement(RACE)
        .when(emitMany(20, root("work").inputs("in")), race(THREADS), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("unharmed", Replies.raceUnharmed(THREADS))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase forked() {
    return mlflow("MLF-RESOURCE-005", "After a fork each process sends what it made, once")
        .requirement(FORK)
        .given((CaseServer server) -> server.hold(HOLD, Endpoints.START_TRACE))
        .when(
            emit(root("parent").inputs("in")),
            fork(root("child").inputs("in")),
            release(HOLD),
            flush(),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase exited() {
    return mlflow("MLF-RESOURCE-006", "Traces arrive although the application calls exit")
        .requirement("RES-EXIT-01")
        .when(emitMany(5, root("work").inputs("in")), exit("exit0"))
        .control("emitted", Replies.answered("emit", 1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase terminated() {
    return mlflow("MLF-RESOURCE-007", "A process that gets SIGTERM ends, and sends nothing twice")
        .requirement("RES-EXIT-02")
        .when(
            emit(root("flushed").inputs("in")),
            flush(),
            emit(root("late").inputs("in"), child("part", "late")),
            terminate())
        .control("flushed", STARTS.accepted().ofTrace("flushed").atLeast(1))
        .never("not-twice", STARTS.accepted().ofTrace("flushed").atMost(1))
        .then("arrives", "RES-EXIT-03", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase otlpReleased() {
    return Otlp.batch(
            "resource", "RESOURCE-001", "After shutdown threads and sockets of OTLP are given back")
        .requirement("RES-SOCKET-01")
        .when(
            measure("before"),
            emitMany(5, root("work")),
            flush(),
            shutdown(),
            measureSettled("after"),
            flush())
        .control("seen", TRACES.atLeast(1))
        .then("sockets", Usage.socketsReleased("before", "after"))
        .then("threads", "RES-THREAD-01", Usage.threadsReleased("before", "after"))
        .build();
  }

  private static ConformanceCase otlpRaces() {
    return Otlp.batch(
            "resource", "RESOURCE-002", "Flushes and shutdowns of eight threads lose no span")
        .requirement("OTEL-SDK-SHU-07")
        .when(emitMany(20, root("work")), race(THREADS), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("unharmed", Replies.raceUnharmed(THREADS))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase otlpForked() {
    return Otlp.batch(
            "resource", "RESOURCE-003", "After a fork each process sends its own spans, once")
        .requirement(FORK)
        .config("OTEL_BSP_SCHEDULE_DELAY", "60000")
        .when(emit(root("parent")), fork(root("child")), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder mlflow(String id, String title) {
    return conformanceCase(id).title(title).family("resource").config("async", true);
  }
}
