package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Otlp.COMPRESSION;
import static io.github.tracingharness.conformance.cases.Otlp.ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.HEADERS;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES_ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES_PROTOCOL;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.OtlpSpans.sent;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import java.util.List;
import java.util.regex.Pattern;

/** MLflow's own spans on the way to a collector, and to a tracking server beside one. */
final class MlflowOtlpCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final String DUAL = "MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT";
  private static final String EXPERIMENT_ZERO = "x-mlflow-experiment-id=0";
  private static final String OTHER_ADDRESS = "${other}/v1/traces";

  private MlflowOtlpCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        baseAddress(),
        ownAddress(),
        headers(),
        gzip(),
        service(),
        tags(),
        destinationWins(),
        dual(),
        unknownProtocol(),
        flushed());
  }

  private static ConformanceCase baseAddress() {
    return collector("MLF-OTLP-001", "A base address is asked for /v1/traces below it")
        .requirement("MLF-OTLP-01")
        .config(ENDPOINT, "${endpoint}/base")
        .when(emitted(1))
        .control("seen", TRACES.atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/base/v1/traces")))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase ownAddress() {
    return collector("MLF-OTLP-002", "An address for traces is used as it is")
        .requirement("MLF-OTLP-01")
        .config(TRACES_ENDPOINT, "${endpoint}/own/path")
        .when(emitted(1))
        .control("seen", TRACES.atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/own/path")))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase headers() {
    return collector("MLF-OTLP-003", "Headers of the variable are sent")
        .requirement("MLF-OTLP-01")
        .config(HEADERS, "x-team=blue")
        .when(emitted(1))
        .control("seen", TRACES.atLeast(1))
        .then("header", OtlpRequests.headerOnce("x-team", "blue"))
        .build();
  }

  private static ConformanceCase gzip() {
    return collector("MLF-OTLP-004", "Bodies are compressed if the variable says so")
        .requirement("MLF-OTLP-01")
        .config(COMPRESSION, "gzip")
        .when(emitted(1))
        .control("seen", TRACES.atLeast(1))
        .then("gzip", OtlpRequests.compressed(true))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase service() {
    return collector("MLF-OTLP-005", "The resource names the service of the variable")
        .requirement("MLF-OTLP-01")
        .config("OTEL_SERVICE_NAME", "shop")
        .when(emitted(1))
        .control("seen", TRACES.atLeast(1))
        .then("service", sent("work").resource("service.name", "shop"))
        .build();
  }

  private static ConformanceCase tags() {
    return collector("MLF-OTLP-006", "Tags of a trace are attributes of its root, and cost no span")
        .requirement("MLF-OTLP-02")
        .when(
            emit(root("work").inputs("in").tag("team", "blue"), child("part", "work")),
            await(Endpoints.OTLP_TRACES, 1),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("tag", span("work").attribute("mlflow.traceTag.team", text("blue")))
        .then("root-only", span("part").withoutAttribute("mlflow.traceTag.team"))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase destinationWins() {
    return beside("MLF-OTLP-007", "A destination that is set goes before the variables of OTLP")
        .when(emitted(1))
        .control("seen", STARTS.atLeast(1))
        .then("spans-once", Delivery.everySpanOnce())
        .never("nothing-else", OtherOrigin.requests().none())
        .build();
  }

  private static ConformanceCase dual() {
    return beside("MLF-OTLP-008", "With dual export the server and the collector get all spans")
        .config(DUAL, "true")
        .when(emitted(2))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("started", STARTS.exactly(1))
        .then("server", Delivery.everySpanIn(OtherOrigin.others()))
        .then("collector", Delivery.everySpanIn(OtherOrigin.requests()))
        .build();
  }

  private static ConformanceCase flushed() {
    return conformanceCase("MLF-OTLP-010")
        .title("A flush sends what waits for the collector")
        .family("mlflow-otlp")
        .requirement("MLF-LIFE-FLUSH-01")
        .destination(CaseDestination.MLFLOW_OTLP)
        .config("batch.interval_ms", 30_000)
        .when(emit(root("work").inputs("in"), child("part", "work")), flush(), shutdown())
        .control("answered", Replies.answered("flush", 1))
        .then("by-flush", TRACES.beforeReplyTo("flush").atLeast(1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase unknownProtocol() {
    return collector("MLF-OTLP-009", "A protocol that is not supported is reported")
        .requirement("MLF-OTLP-04")
        .judgesRefusal()
        .config(TRACES_PROTOCOL, "http/xml")
        .when(emit(root("work").inputs("in")), flush(), shutdown())
        .then("reported", Logs.reported(Pattern.compile("(?i)protocol")))
        .build();
  }

  /** @param requests how many with spans are to be seen before the flush */
  private static Step[] emitted(int requests) {
    return new Step[] {
      emit(root("work").inputs("in").outputs("out"), child("part", "work")),
      await(Endpoints.OTLP_TRACES, requests),
      flush(),
      shutdown()
    };
  }

  private static ConformanceCase.Builder collector(String id, String title) {
    return conformanceCase(id)
        .title(title)
        .family("mlflow-otlp")
        .destination(CaseDestination.MLFLOW_OTLP)
        .config("batch.interval_ms", 200);
  }

  /** The tracking server of the case plays the collector too, under its other name. */
  private static ConformanceCase.Builder beside(String id, String title) {
    return conformanceCase(id)
        .title(title)
        .family("mlflow-otlp")
        .requirement("MLF-OTLP-03")
        .config("async", true)
        .config("batch.interval_ms", 200)
        .config(TRACES_ENDPOINT, OTHER_ADDRESS)
        .config(TRACES_PROTOCOL, "http/protobuf")
        .config(HEADERS, EXPERIMENT_ZERO);
  }
}
