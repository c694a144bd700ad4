package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.HEADERS;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.measure;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Secrets;
import io.github.tracingharness.conformance.check.Usage;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.CollectorSetup.Security;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;

/** Secrets, other origins, certificates and sizes, with a collector. */
final class OtlpSecurityCases {

  private static final String CREDENTIALS =
      "authorization=Bearer%20${secret:token},x-api-key=${secret:key}";

  /** Well below the 128 MiB of the answer, and above what a runtime takes for a first request. */
  private static final int PEAK_MEGABYTES = 96;

  private OtlpSecurityCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        secret("SECURITY-001", "by a refused login", CollectorAnswer.statusMessage(401, "no")),
        secret("SECURITY-002", "by broken connections", CollectorAnswer.reset()),
        otherOrigin(),
        lineBreak(),
        userInfo(),
        untrusted("SECURITY-006", Security.TLS, "a collector of an unknown authority"),
        untrusted("SECURITY-007", Security.TLS_OTHER_HOST, "a certificate for another host"),
        memory());
  }

  private static ConformanceCase secret(String id, String how, CollectorAnswer answer) {
    return security(id, "Secrets of headers are not brought into the log " + how)
        .requirement("SEC-SECRET-02")
        .config(HEADERS, CREDENTIALS)
        .given(Otlp.first(2, answer))
        .when(export(work()))
        .control("sent", OtlpRequests.headerOnce("x-api-key", "«secret:key»"))
        .never("no-leak", Secrets.onlyInHeader("Authorization", "x-api-key"))
        .build();
  }

  private static ConformanceCase otherOrigin() {
    return security("SECURITY-003", "Secrets do not follow a redirect to another origin")
        .requirement("SEC-REDIRECT-01")
        .config(HEADERS, CREDENTIALS)
        .given(server -> server.answers(
            List.of(CollectorAnswer.redirect(307, server.otherOrigin() + "/elsewhere")),
            CollectorAnswer.accept()))
        .when(export(work()))
        .control(
            "redirected",
            OtlpRequests.headerOnce("x-api-key", "«secret:key»")
                .or(TRACES.where("answered 307", e -> e.status() == 307).atLeast(1)))
        .never(
            "authorization",
            OtherOrigin.requests()
                .where("with Authorization", e -> e.header("Authorization") != null)
                .none())
        .never(
            "other-headers",
            "SEC-REDIRECT-02",
            OtherOrigin.requests()
                .where("with x-api-key", e -> e.header("x-api-key") != null)
                .none())
        .build();
  }

  private static ConformanceCase lineBreak() {
    return security("SECURITY-004", "A line break in a header's value makes no other header")
        .requirement("SEC-INPUT-01")
        .mayRefuse()
        .config(HEADERS, "x-a=1%0D%0Ax-evil:%202,x-b=3")
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("sent-or-refused", TRACES.atLeast(1).or(Replies.result("export", 1, "failure")))
        .never(
            "no-header",
            Requests.allRequests()
                .where("with x-evil", e -> e.header("x-evil") != null)
                .none())
        .build();
  }

  private static ConformanceCase userInfo() {
    return security("SECURITY-005", "A password in the address gets into no log line")
        .requirement("SEC-SECRET-03")
        .mayRefuse()
        .config(ENDPOINT, "http://user:${secret:password}@127.0.0.1:${port}")
        .given(Otlp.always(CollectorAnswer.status(400)))
        .when(export(work()))
        .control("sent-or-refused", TRACES.atLeast(1).or(Replies.result("export", 1, "failure")))
        .never("no-leak", Secrets.onlyInHeader("Authorization"))
        .build();
  }

  private static ConformanceCase untrusted(String id, Security security, String what) {
    return security(id, "No data go to " + what)
        .requirement("SEC-TLS-01")
        .collector(CollectorSetup.with(security))
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .never("no-request", Requests.allRequests().none())
        .budget(Duration.ofSeconds(45))
        .build();
  }

  private static ConformanceCase memory() {
    return security("SECURITY-008", "An answer of 128 MiB does not take that much memory")
        .requirement("SEC-MEMORY-01")
        .given(server -> server.answers(
            List.of(CollectorAnswer.accept(), CollectorAnswer.huge(128 << 20)),
            CollectorAnswer.accept()))
        .when(
            export(CaseSpan.root("first")),
            measure("before"),
            export(work()),
            measure("after"),
            shutdown())
        .control("seen", TRACES.atLeast(2))
        .then("peak", Usage.peakGrowsLess("before", "after", PEAK_MEGABYTES))
        .budget(Duration.ofMinutes(1))
        .build();
  }

  private static ConformanceCase.Builder security(String id, String title) {
    return Otlp.direct("security", id, title);
  }
}
