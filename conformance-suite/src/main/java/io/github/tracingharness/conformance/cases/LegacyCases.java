package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.LegacyTraces;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import java.util.List;

/** Servers of before MLflow 3, which know traces of version 2 only. */
final class LegacyCases {

  private static final String UNKNOWN_ENDPOINT =
      "{\"error_code\": \"ENDPOINT_NOT_FOUND\", \"message\": \"No API found for 'POST"
          + " /mlflow/traces'\"}";
  private static final Requests CREATED = requests(Endpoints.START_TRACE_V2);
  private static final Requests ENDED = requests(Endpoints.END_TRACE_V2);

  private LegacyCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        missing(
                "MLF-LEGACY-001",
                "A server that does not name the endpoint gets the trace in version 2",
                UNKNOWN_ENDPOINT,
                "application/json")
            .build(),
        missing(
                "MLF-LEGACY-002",
                "A server that answers 404 with a page gets the trace in version 2",
                "<!doctype html><title>404 Not Found</title>",
                "text/html")
            .build(),
        missing(
                "MLF-LEGACY-003",
                "MLF-REST-LEGACY-02",
                "A server that answers 404 as its web framework does gets the trace in version 2",
                "{\"detail\":\"Not Found\"}",
                "application/json")
            .build());
  }

  private static ConformanceCase.Builder missing(
      String id, String title, String body, String contentType) {
    return missing(id, "MLF-REST-LEGACY-01", title, body, contentType);
  }

  private static ConformanceCase.Builder missing(
      String id, String requirement, String title, String body, String contentType) {
    return conformanceCase(id)
        .title(title)
        .family("legacy")
        .requirement(requirement)
        .config("async", false)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(
            Endpoint.START_TRACE, Fault.status(404, body, new Header("Content-Type", contentType))))
        .when(emit(root("work").inputs("in").tag("foo", "bar"), child("part", "work")), shutdown())
        .control("asked", requests(Endpoints.START_TRACE).atLeast(1))
        .then("created", CREATED.exactly(1))
        .then("ended", ENDED.exactly(1))
        .then("uploaded", traceUploads().exactly(1))
        .then("state", LegacyTraces.endedWith("OK"))
        .then("tag", LegacyTraces.createdWithTag("foo", "bar"))
        .then("own-id", LegacyTraces.uploadedUnderTheServersId());
  }
}
