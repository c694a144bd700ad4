package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Order;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where spans go: to the tracking store where there is one, else as an artifact, never to both. */
final class StorageCases {

  private static final Duration SERVER_TIME = Duration.ofMillis(100);
  private static final String OLD_SERVER = "MLF-REST-STORE-03";

  private StorageCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        trackingStore(),
        storedOnceAsync(),
        oldServer("MLF-STORAGE-003", "of version 3.3", Servers::withoutSpanStorage),
        oldServer(
            "MLF-STORAGE-004",
            "without /version",
            Servers.always(Endpoint.VERSION, Fault.status(404))),
        oldServer(
            "MLF-STORAGE-005",
            "whose /version is no version",
            Servers.always(
                Endpoint.VERSION,
                Fault.status(
                    200, "<html>it works</html>", new Header("content-type", "text/html")))),
        notImplemented(),
        versionFailsOnce(),
        uploadOrder(),
        spanBatchRejected());
  }

  private static ConformanceCase trackingStore() {
    return conformanceCase("MLF-STORAGE-001")
        .title("Spans that the tracking store took are not uploaded as an artifact")
        .family("storage")
        .requirement("MLF-REST-STORE-01")
        .config("async", false)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .control("stored", requests(Endpoints.OTLP_TRACES).accepted().atLeast(1))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .never("no-upload", requests(Endpoints.PUT_ARTIFACT).none())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase storedOnceAsync() {
    return conformanceCase("MLF-STORAGE-002")
        .title("In async mode too, spans are stored in one place only")
        .family("storage")
        .requirement("MLF-REST-STORE-02")
        .config("async", true)
        .when(emit(root("work").inputs("in"), child("part", "work")), flush(), shutdown())
        .control("delivered", span("part").delivered())
        .never("stored-once", Delivery.spansStoredOnce())
        .build();
  }

  private static ConformanceCase oldServer(String id, String what, Consumer<CaseServer> server) {
    return conformanceCase(id)
        .title("A server %s is sent no spans by OTLP; they are uploaded".formatted(what))
        .family("storage")
        .requirement(OLD_SERVER)
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(server)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .never("no-otlp", requests(Endpoints.OTLP_TRACES).none())
        .then("one-upload", traceUploads().exactly(1))
        .then("complete", Delivery.uploadsAreComplete())
        .build();
  }

  private static ConformanceCase notImplemented() {
    return conformanceCase("MLF-STORAGE-006")
        .title("After the answer 501 no spans are sent by OTLP any more, and all are uploaded")
        .family("storage")
        .requirement("MLF-REST-STORE-04")
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(Servers::withFileStore)
        .when(emit(root("a")), emit(root("b")), emit(root("c")), shutdown())
        .control("uploaded", traceUploads().atLeast(1))
        .never("one-try", requests(Endpoints.OTLP_TRACES).atMost(1))
        .then("uploads", traceUploads().exactly(3))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase versionFailsOnce() {
    return conformanceCase("MLF-STORAGE-007")
        .title("One failed look at /version does not switch span storage off for good")
        .family("storage")
        .requirement("MLF-REST-STORE-05")
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(Servers.first(1, Endpoint.VERSION, Fault.status(500)))
        .when(emit(root("first")), emit(root("second")), emit(root("third")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(3))
        .then("storage-used", requests(Endpoints.OTLP_TRACES).accepted().atLeast(1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase uploadOrder() {
    return conformanceCase("MLF-STORAGE-008")
        .title("Trace data is uploaded only after its start-trace request was answered")
        .family("storage")
        .requirement("MLF-REST-UPLOAD-01")
        .config("async", true)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.delay(SERVER_TIME)))
        .when(emitMany(10, root("work").inputs("in")), flush(), shutdown())
        .control("uploads", traceUploads().exactly(10))
        .then("order", Order.uploadsAfterStart(SERVER_TIME))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase spanBatchRejected() {
    return conformanceCase("MLF-STORAGE-009")
        .title("Spans that the server refused are told of, or stored in another way")
        .family("storage")
        .requirement("MLF-REST-STORE-06")
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(
            server -> server.script(Endpoint.OTLP_TRACES, List.of(Fault.real()), Fault.status(400)))
        .when(
            emit(root("work").inputs("in"), child("part", "work")),
            emit(root("next").inputs("in")),
            shutdown())
        .control(
            "refused",
            requests(Endpoints.OTLP_TRACES)
                .where("answered 400", e -> e.status() == 400)
                .atLeast(1))
        .then(
            "loss-told",
            Delivery.everySpanOnce().or(Logs.logged("WARN", Pattern.compile("(?i)span|trace"))))
        .build();
  }
}
