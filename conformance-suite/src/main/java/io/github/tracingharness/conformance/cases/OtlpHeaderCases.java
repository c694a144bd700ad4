package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.HEADERS;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES_HEADERS;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.tracingharness.conformance.cases.Otlp.Encoding;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The form of a request: method, content type, configured headers, User-Agent, protocol. */
final class OtlpHeaderCases {

  private static final String LIST = "OTLP-HDR-02";

  /** Products of RFC 9110 with versions, of which one names OTel or OTLP. */
  private static final Pattern PRODUCTS =
      Pattern.compile("(?i)(?=.*otlp)[!-~]+(/[!-~]+)?( [!-~]+(/[!-~]+)?| \\([^)]*\\))*");

  private static final Pattern VERSION = Pattern.compile(".*/[0-9]+\\.[0-9]+.*");

  private OtlpHeaderCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        form(Encoding.PROTOBUF, "application/x-protobuf"),
        form(Encoding.JSON, "application/json"),
        list(),
        overridden(),
        malformed(),
        semicolon(),
        everyAttempt(),
        reserved(),
        userAgent(),
        defaultProtocol(),
        unknownProtocol(),
        http11());
  }

  private static ConformanceCase form(Encoding encoding, String contentType) {
    return encoding
        .direct(
            "headers", "HEADERS-001", "A request is a POST of one message, whose encoding it says")
        .requirement("OTLP-HDR-01")
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("post", Requests.allRequests().method("POST"))
        .then("content-type", OtlpRequests.headerOnce("Content-Type", contentType))
        .then("decodes", OtlpRequests.decode())
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase list() {
    return headers("HEADERS-002", "Header variables are read as lists with percent-encoded values")
        .requirement(LIST)
        .config(
            HEADERS, "api-key=abc%20def, x-two = two ,Authorization=Basic%20${secret:auth.basic}==")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("percent", OtlpRequests.headerOnce("api-key", "abc def"))
        .then("spaces", OtlpRequests.headerOnce("x-two", "two"))
        .then(
            "equals-sign", OtlpRequests.headerOnce("Authorization", "Basic «secret:auth.basic»=="))
        .build();
  }

  private static ConformanceCase overridden() {
    return headers("HEADERS-003", "A header for traces overrides the generic one of its name")
        .requirement("OTLP-HDR-03")
        .config(HEADERS, "a=1,b=2")
        .config(TRACES_HEADERS, "a=9")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("overridden", OtlpRequests.headerOnce("a", "9"))
        .build();
  }

  private static ConformanceCase malformed() {
    return headers("HEADERS-004", "Malformed pairs do not take the good ones with them")
        .requirement("OTLP-HDR-04")
        .mayRefuse()
        .config(HEADERS, "x-good=1,bad,=x,x-ok=2")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("first", OtlpRequests.headerOnce("x-good", "1"))
        .then("last", OtlpRequests.headerOnce("x-ok", "2"))
        .build();
  }

  private static ConformanceCase semicolon() {
    return headers("HEADERS-005", "Metadata after a semicolon makes no header")
        .requirement("OTLP-HDR-05")
        .mayRefuse()
        .config(HEADERS, "k=v;p=1,x-ok=2")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("no-header", TRACES.withoutHeader("p"))
        .build();
  }

  private static ConformanceCase everyAttempt() {
    return headers("HEADERS-006", "Configured headers stand on every attempt, once")
        .requirement("OTLP-HDR-06")
        .config(HEADERS, "x-tenant=a")
        .given(Otlp.first(CollectorAnswer.status(503)))
        .when(export(work()))
        .control("two-attempts", TRACES.atLeast(2))
        .then("once", OtlpRequests.headerOnce("x-tenant", "a"))
        .build();
  }

  private static ConformanceCase reserved() {
    return headers("HEADERS-007", "Configured headers do not break those of the body")
        .requirement("OTLP-HDR-06")
        .mayRefuse()
        .config(HEADERS, "content-type=text/plain,content-encoding=br,x-ok=1")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("content-type", OtlpRequests.headerOnce("Content-Type", "application/x-protobuf"))
        .then("decodes", OtlpRequests.decode())
        .build();
  }

  private static ConformanceCase userAgent() {
    return headers("HEADERS-008", "User-Agent names the exporter and its version")
        .requirement("OTLP-UA-01")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then(
            "products",
            OtlpRequests.headerOnce(
                "User-Agent", v -> PRODUCTS.matcher(v).matches(), "of products that name OTLP"))
        .then(
            "version",
            OtlpRequests.headerOnce(
                "User-Agent", v -> VERSION.matcher(v).matches(), "with a version"))
        .build();
  }

  private static ConformanceCase defaultProtocol() {
    return headers("HEADERS-009", "Without a protocol the exporter speaks http/protobuf")
        .requirement("OTLP-PRO-01")
        .config(Otlp.PROTOCOL, NullNode.getInstance())
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("protobuf", TRACES.header("Content-Type", "application/x-protobuf"))
        .never("no-grpc", OtlpRequests.noConnectionEvent("http2-preface"))
        .budget(Duration.ofSeconds(40))
        .build();
  }

  private static ConformanceCase unknownProtocol() {
    return headers("HEADERS-010", "An unknown protocol is warned about and ignored")
        .requirement("OTLP-PRO-02")
        .config(Otlp.PROTOCOL, "http/xml")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("warned", Logs.logged("WARN", Otlp.ANY))
        .budget(Duration.ofSeconds(40))
        .build();
  }

  private static ConformanceCase http11() {
    return headers("HEADERS-011", "A collector that has HTTP/1.1 only gets the spans")
        .requirement("OTLP-PRO-03")
        .when(export(work()), export(CaseSpan.root("again")))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder headers(String id, String title) {
    return Otlp.direct("headers", id, title);
  }
}
