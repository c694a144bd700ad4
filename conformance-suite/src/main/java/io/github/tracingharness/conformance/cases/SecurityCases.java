package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.allRequests;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Secrets;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import java.util.List;
import java.util.regex.Pattern;

/** Credentials: sent where they belong, and nowhere else. */
final class SecurityCases {

  private static final String AUTH = "MLF-REST-AUTH-01";
  private static final String SECRET = "SEC-SECRET-01";
  private static final String BEARER = "${secret:auth.bearer}";
  private static final JsonNode BASIC =
      CaseSpan.json("{'username': 'alice', 'password': '${secret:auth.basic}'}");

  private SecurityCases() {}

  static List<ConformanceCase> all() {
    return List.of(bearer(), basic(), refused(), unreachable(), without(), otherOrigin(), both());
  }

  private static ConformanceCase bearer() {
    return security(
            "MLF-SEC-001", "A token is sent as Bearer on every request and stands nowhere else")
        .requirement(AUTH)
        .config("auth.bearer", BEARER)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "bearer",
            allRequests().header("Authorization", Secrets.authorization("Bearer", "auth.bearer")))
        .never("no-leak", SECRET, Secrets.onlyInAuthorization())
        .build();
  }

  private static ConformanceCase basic() {
    return security(
            "MLF-SEC-002",
            "User and password are sent as Basic on every request and stand nowhere else")
        .requirement(AUTH)
        .config("auth.basic", BASIC)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "basic",
            allRequests().header("Authorization", Secrets.authorization("Basic", "auth.basic")))
        .never("no-leak", SECRET, Secrets.onlyInAuthorization())
        .build();
  }

  private static ConformanceCase refused() {
    return security("MLF-SEC-003", "A refused token does not get into the log")
        .requirement(SECRET)
        .config("auth.bearer", BEARER)
        .config("retry.max_attempts", 1)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(401)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .control(
            "sent",
            requests(Endpoints.START_TRACE)
                .header("Authorization", Secrets.authorization("Bearer", "auth.bearer")))
        .then("told", "MLF-LIFE-FAIL-03", Logs.logged("WARN", Pattern.compile("\\S")))
        .never("no-leak", Secrets.onlyInAuthorization())
        .build();
  }

  private static ConformanceCase unreachable() {
    return security("MLF-SEC-004", "A password does not get into the log when connections break")
        .requirement(SECRET)
        .config("auth.basic", BASIC)
        .config("retry.max_attempts", 2)
        .config("retry.base_ms", 0)
        .given(Servers.always(Endpoint.START_TRACE, Fault.resetBeforeAnswer()))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .never("no-leak", Secrets.onlyInAuthorization())
        .build();
  }

  private static ConformanceCase without() {
    return security("MLF-SEC-005", "Without credentials there is no Authorization header")
        .requirement("SEC-AUTH-01")
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .never("no-header", allRequests().withoutHeader("Authorization"))
        .build();
  }

  private static ConformanceCase otherOrigin() {
    return security("MLF-SEC-006", "A token does not follow a redirect to another origin")
        .requirement("SEC-REDIRECT-01")
        .config("auth.bearer", BEARER)
        .config("retry.max_attempts", 1)
        .given(server -> server.script(
            Endpoint.START_TRACE,
            List.of(),
            Fault.status(
                307,
                "",
                new Header("Location", server.otherTrackingUri() + "/api/3.0/mlflow/traces"))))
        .when(emit(root("work").inputs("in")), shutdown())
        .control(
            "redirected",
            requests(Endpoints.START_TRACE)
                .where("answered 307", e -> e.status() == 307)
                .atLeast(1))
        .never(
            "no-token",
            OtherOrigin.requests()
                .where("with Authorization", e -> e.header("Authorization") != null)
                .none())
        .build();
  }

  private static ConformanceCase both() {
    return security("MLF-SEC-007", "A token goes before user and password")
        .requirement("MLF-REST-AUTH-02")
        .config("auth.bearer", BEARER)
        .config("auth.basic", BASIC)
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then(
            "bearer",
            allRequests().header("Authorization", Secrets.authorization("Bearer", "auth.bearer")))
        .never("no-leak", SECRET, Secrets.onlyInAuthorization())
        .build();
  }

  private static ConformanceCase.Builder security(String id, String title) {
    return conformanceCase(id).title(title).family("security").config("async", false);
  }
}
