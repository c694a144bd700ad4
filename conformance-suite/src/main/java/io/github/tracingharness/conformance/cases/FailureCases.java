package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import java.util.List;
import java.util.regex.Pattern;

/** A server that fails: the application is unharmed, and the log tells what was lost. */
final class FailureCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final String FAILING_START = "MLF-LIFE-FAIL-01";
  private static final String NO_UPLOAD = "MLF-LIFE-FAIL-02";
  private static final String AUTH = "MLF-LIFE-FAIL-03";
  private static final String UNHARMED = "MLF-LIFE-FAIL-05";
  private static final Pattern ANY = Pattern.compile("\\S");
  private static final Header JSON = new Header("content-type", "application/json");

  private FailureCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        startFails("MLF-FAIL-001", false),
        startFails("MLF-FAIL-002", true),
        notAllowed("MLF-FAIL-003", 401, Fault.status(401)),
        notAllowed("MLF-FAIL-004", 403, Fault.status(403)),
        notAllowed("MLF-FAIL-005", 401, Fault.status(401, "{\"detail\": \"Who are you?\"}", JSON)),
        notAuthentication(),
        emptyAnswer(),
        malformedAnswer(),
        uploadFails(),
        laterTraces(),
        unreachable());
  }

  private static ConformanceCase startFails(String id, boolean async) {
    String text =
        "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"Failed to start trace\"}";
    return failing(
            id,
            "A failing start-trace is logged and never reaches the caller, "
                + (async ? "async" : "sync"))
        .requirement(FAILING_START)
        .config("async", async)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(400, text, JSON)))
        .when(emit(root("work").inputs("in").outputs("out")), flush(), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("app-unharmed", Replies.answered("emit", 1))
        .then("logged", Logs.logged("WARN", Pattern.compile("Failed to start trace")))
        .never("no-upload", NO_UPLOAD, requests(Endpoints.PUT_ARTIFACT).none())
        .build();
  }

  private static ConformanceCase notAllowed(String id, int status, Fault fault) {
    return failing(
            id,
            "The answer %d is logged as an error that names authentication%s"
                .formatted(status, id.endsWith("5") ? ", whatever the body" : ""))
        .requirement(AUTH)
        .config("async", false)
        .given(Servers.always(Endpoint.START_TRACE, fault))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("error", Logs.logged("ERROR", Pattern.compile("(?i)auth")))
        .then("app-unharmed", UNHARMED, Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase notAuthentication() {
    String text =
        "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"No Experiment with id=403 exists\"}";
    return failing("MLF-FAIL-006", "A message that holds 403 is not taken for a refused login")
        .requirement("MLF-LIFE-FAIL-06")
        .config("async", false)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(404, text, JSON)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("logged", Logs.logged("WARN", Pattern.compile("id=403")))
        .never("not-auth", Logs.notLogged("WARN", Pattern.compile("(?i)authenticat")))
        .build();
  }

  private static ConformanceCase emptyAnswer() {
    return failing("MLF-FAIL-007", "An empty answer to start-trace is called that in the log")
        .requirement("MLF-LIFE-FAIL-04")
        .config("async", false)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.emptyBody()))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then(
            "logged", Logs.logged("WARN", Pattern.compile("(?i)empty|answer|response|no content")))
        .then("app-unharmed", UNHARMED, Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase malformedAnswer() {
    return failing("MLF-FAIL-008", "A broken answer to start-trace harms no caller and is logged")
        .requirement(UNHARMED)
        .config("async", false)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.START_TRACE, Fault.malformedBody()))
        .when(emit(root("work").inputs("in")), emit(root("next")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("app-unharmed", Replies.answered("emit", 1))
        .then("goes-on", STARTS.atLeast(2))
        .then("logged", Logs.logged("WARN", ANY))
        .build();
  }

  private static ConformanceCase uploadFails() {
    return failing("MLF-FAIL-009", "A failing upload is logged; the trace's info stays")
        .requirement(UNHARMED)
        .config("async", false)
        .given(Servers::withoutSpanStorage)
        .given(Servers.always(Endpoint.PUT_ARTIFACT, Fault.status(400)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", traceUploads().atLeast(1))
        .then("one-start", STARTS.accepted().exactly(1))
        .then("app-unharmed", Replies.answered("emit", 1))
        .then("logged", Logs.logged("WARN", Pattern.compile("(?i)trace|upload|artifact")))
        .build();
  }

  private static ConformanceCase laterTraces() {
    return failing("MLF-FAIL-010", "One failure does not stop the export of later traces")
        .requirement(UNHARMED)
        .config("async", true)
        .given(Servers::withoutSpanStorage)
        .given(Servers.first(1, Endpoint.START_TRACE, Fault.status(400)))
        .when(emit(root("first")), flush(), emit(root("second")), flush(), shutdown())
        .control("failed", STARTS.where("answered 400", e -> e.status() == 400).atLeast(1))
        .then("start", STARTS.accepted().ofTrace("second").exactly(1))
        .then("span", span("second").delivered())
        .build();
  }

  private static ConformanceCase unreachable() {
    return failing("MLF-FAIL-011", "A server that breaks every connection harms no caller")
        .requirement(UNHARMED)
        .config("async", false)
        .given(Servers.always(Endpoint.ANY, Fault.resetBeforeAnswer()))
        .when(emit(root("work").inputs("in")), emit(root("next").inputs("in")), shutdown())
        .control("tried", Requests.allRequests().atLeast(1))
        .then("app-unharmed", Replies.answered("emit", 1))
        .then("app-goes-on", Replies.answered("emit", 2))
        .then("logged", Logs.logged("WARN", Pattern.compile("(?i)trace")))
        .build();
  }

  private static ConformanceCase.Builder failing(String id, String title) {
    return conformanceCase(id)
        .title(title)
        .family("failure")
        .config("retry.max_attempts", 1)
        .config("retry.base_ms", 0);
  }
}
