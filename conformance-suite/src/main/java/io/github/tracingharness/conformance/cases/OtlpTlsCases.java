package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.CollectorSetup.Security;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.time.Duration;
import java.util.List;

/** TLS: whom an exporter trusts, and how it shows who it is. */
final class OtlpTlsCases {

  private static final String CERTIFICATE = "OTEL_EXPORTER_OTLP_CERTIFICATE";
  private static final String TRACES_CERTIFICATE = "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE";
  private static final String CLIENT_CERTIFICATE = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";
  private static final String CLIENT_KEY = "OTEL_EXPORTER_OTLP_CLIENT_KEY";
  private static final String CA = "${ca_file}";

  private OtlpTlsCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        trusted(),
        unknownAuthority(),
        mutual("TLS-003", "PKCS#8", "${client_key_file}"),
        mutual("TLS-004", "PKCS#1", "${client_key_pkcs1_file}"),
        signalWins(),
        otherHost());
  }

  private static ConformanceCase trusted() {
    return tls("TLS-001", Security.TLS, "A collector of the given authority is trusted")
        .requirement("OTLP-TLS-01")
        .config(CERTIFICATE, CA)
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("version", "SEC-TLS-01", OtlpRequests.tls("TLSv1\\.[23]"))
        .build();
  }

  private static ConformanceCase unknownAuthority() {
    return tls("TLS-002", Security.TLS, "A collector of an unknown authority gets no request")
        .requirement("OTLP-TLS-02")
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .never("no-request", Requests.allRequests().none())
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .build();
  }

  private static ConformanceCase mutual(String id, String form, String key) {
    return tls(id, Security.MUTUAL_TLS, "The client shows its certificate, with a key in " + form)
        .requirement("OTLP-TLS-03")
        .mayRefuse()
        .config(CERTIFICATE, CA)
        .config(CLIENT_CERTIFICATE, "${client_cert_file}")
        .config(CLIENT_KEY, key)
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("certificate", OtlpRequests.clientCertificate(".*Test client.*"))
        .build();
  }

  private static ConformanceCase signalWins() {
    return tls("TLS-005", Security.TLS, "The certificate for traces wins over the generic one")
        .requirement("OTLP-TLS-04")
        .config(CERTIFICATE, "${wrong_ca_file}")
        .config(TRACES_CERTIFICATE, CA)
        .config(Otlp.TIMEOUT, "4000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase otherHost() {
    return tls("TLS-006", Security.TLS_OTHER_HOST, "A certificate for another host is refused")
        .requirement("OTLP-TLS-05")
        .config(CERTIFICATE, CA)
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .never("no-request", Requests.allRequests().none())
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .build();
  }

  private static ConformanceCase.Builder tls(String id, Security security, String title) {
    return Otlp.direct("tls", id, title)
        .collector(CollectorSetup.with(security))
        .budget(Duration.ofSeconds(45));
  }
}
