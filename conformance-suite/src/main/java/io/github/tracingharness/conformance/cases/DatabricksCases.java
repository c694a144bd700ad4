package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Secrets;
import io.github.tracingharness.conformance.check.SizeStatistics;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import java.util.List;

/** Traces in an experiment of a Databricks workspace. */
final class DatabricksCases {

  private static final String UPLOAD = "UCT-EXPERIMENT-01";

  private DatabricksCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        exported("UCT-EXPERIMENT-001", false),
        exported("UCT-EXPERIMENT-002", true),
        previews(),
        expired());
  }

  private static ConformanceCase exported(String id, boolean async) {
    return databricks(id, "A trace of an experiment is uploaded by credentials, %s", async)
        .requirement(UPLOAD)
        .when(
            emit(root("work").inputs("in").outputs("out"), child("part", "work")),
            flush(),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .then("one-credentials", requests(Endpoints.UPLOAD_CREDENTIALS).exactly(1))
        .then("one-upload", requests(Endpoints.SIGNED_UPLOAD).accepted().exactly(1))
        .then(
            "no-token-to-storage", requests(Endpoints.SIGNED_UPLOAD).withoutHeader("Authorization"))
        .then(
            "bearer",
            "MLF-REST-AUTH-01",
            Catalog.bearer(requests(Endpoints.START_TRACE))
                .and(Catalog.bearer(requests(Endpoints.UPLOAD_CREDENTIALS))))
        .never("no-leak", "SEC-SECRET-01", Secrets.onlyInAuthorization())
        .never("no-table", "UCT-EXPORT-03", requests(Endpoints.UC_SPANS).none())
        .never("no-otlp", "UCT-EXPORT-03", requests(Endpoints.OTLP_TRACES).none())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("complete", Delivery.uploadsAreComplete())
        .then("sizes", SizeStatistics.exactSizes("work"))
        .build();
  }

  private static ConformanceCase previews() {
    String whole = "x".repeat(9_998);
    return databricks(
            "UCT-EXPERIMENT-003",
            "A preview of an experiment's trace may have 10000 characters",
            false)
        .requirement("UCT-INFO-02")
        .when(emit(root("work").inputs(whole).outputs(whole + "y")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("longest", traceInfo("work", "/request_preview").is("\"" + whole + "\""))
        .then("cut", traceInfo("work", "/response_preview").is("\"" + whole.substring(2) + "..."))
        .build();
  }

  private static ConformanceCase expired() {
    return databricks(
            "UCT-EXPERIMENT-004", "An address for the upload that has expired is replaced", false)
        .requirement("UCT-EXPERIMENT-02")
        .given(Servers.first(1, Endpoint.SIGNED_UPLOAD, Fault.status(403)))
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("refused", requests(Endpoints.SIGNED_UPLOAD).atLeast(1))
        .then("asked-again", requests(Endpoints.UPLOAD_CREDENTIALS).exactly(2))
        .then("uploaded", requests(Endpoints.SIGNED_UPLOAD).accepted().exactly(1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder databricks(String id, String title, boolean async) {
    return conformanceCase(id)
        .title(title.formatted(async ? "async" : "sync"))
        .family("databricks")
        .destination(CaseDestination.DATABRICKS_V3)
        .config("auth.bearer", "${secret:auth.bearer}")
        .config("async", async);
  }
}
