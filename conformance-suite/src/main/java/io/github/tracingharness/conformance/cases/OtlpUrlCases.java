package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES_ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.tracingharness.conformance.check.Check;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where an exporter sends: base addresses, addresses for traces, and what is made of both. */
final class OtlpUrlCases {

  private static final String GENERIC = "OTLP-URL-01";
  private static final String BASE = "OTLP-URL-02";
  private static final String EXACT = "OTLP-URL-03";
  private static final String QUERY = "OTLP-URL-05";

  private OtlpUrlCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        generic(),
        base("URL-002", "/base", "A base path without a slash at its end is kept"),
        base("URL-003", "/base/", "A base path with a slash at its end is kept"),
        exact("URL-004", "/custom/", "An address for traces keeps its last slash"),
        exact("URL-005", "/a%20b/c%2Fd", "An address for traces keeps its percent-escapes"),
        withoutPath(),
        query("URL-007", ENDPOINT, "${endpoint}/base?x=1", "/base/v1/traces"),
        query("URL-008", TRACES_ENDPOINT, "${endpoint}/t?tenant=a", "/t"),
        byDefault(),
        https(),
        ipv6(),
        overridden(
            "URL-012",
            "The compression for traces wins over the generic one",
            Otlp.COMPRESSION,
            "gzip",
            Otlp.TRACES_COMPRESSION,
            "none",
            "without Content-Encoding",
            TRACES.withoutHeader("Content-Encoding")),
        overridden(
            "URL-013",
            "The protocol for traces wins over the generic one",
            Otlp.PROTOCOL,
            "grpc",
            Otlp.TRACES_PROTOCOL,
            "http/protobuf",
            "protobuf",
            TRACES.header("Content-Type", "application/x-protobuf")),
        overridden(
            "URL-014",
            "The headers for traces win over the generic ones",
            Otlp.HEADERS,
            "x-tenant=wrong",
            Otlp.TRACES_HEADERS,
            "x-tenant=right",
            "right",
            OtlpRequests.headerOnce("x-tenant", "right")));
  }

  private static ConformanceCase generic() {
    return url("URL-001", "A base address alone is completed by /v1/traces")
        .requirement(GENERIC)
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/v1/traces")))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase base(String id, String path, String title) {
    return url(id, title)
        .requirement(BASE)
        .config(ENDPOINT, "${endpoint}" + path)
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/base/v1/traces")))
        .build();
  }

  private static ConformanceCase exact(String id, String path, String title) {
    return url(id, title + ", and wins over a base address")
        .requirement(EXACT)
        .config(ENDPOINT, "${closed}")
        .config(TRACES_ENDPOINT, "${endpoint}" + path)
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile(Pattern.quote(path))))
        .build();
  }

  private static ConformanceCase withoutPath() {
    return url("URL-006", "An address for traces without a path is asked for /")
        .requirement("OTLP-URL-04")
        .config(TRACES_ENDPOINT, "${endpoint}")
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/")))
        .build();
  }

  private static ConformanceCase query(String id, String variable, String address, String path) {
    return url(id, "A query in %s does not damage the path".formatted(variable))
        .requirement(QUERY)
        .mayRefuse()
        .config(variable, address)
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile(path)))
        .build();
  }

  private static ConformanceCase byDefault() {
    return url("URL-009", "Without an address traces go to http://localhost:4318/v1/traces")
        .requirement("OTLP-URL-06")
        .collector(CollectorSetup.onPort(4318))
        .config(ENDPOINT, NullNode.getInstance())
        .alone()
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then(
            "path",
            TRACES
                .path(Pattern.compile("/v1/traces"))
                .or(OtlpRequests.connectionEvents("tls-on-plain-port", 1)))
        .then("http", "OTLP-URL-06B", OtlpRequests.noConnectionEvent("tls-on-plain-port"))
        .build();
  }

  private static ConformanceCase https() {
    return url("URL-010", "An address of https is spoken to in TLS")
        .requirement("OTLP-URL-08")
        .config(ENDPOINT, "https://127.0.0.1:${port}")
        .config(Otlp.TIMEOUT, "2000")
        .when(export(work()))
        .control("reached", OtlpRequests.connectionEvents("opened", 1))
        .then("hello", OtlpRequests.connectionEvents("tls-on-plain-port", 1))
        .never("no-clear-text", Requests.allRequests().none())
        .budget(Duration.ofSeconds(40))
        .build();
  }

  private static ConformanceCase ipv6() {
    return url("URL-011", "A literal of IPv6 and a scheme in upper case are understood")
        .requirement("OTLP-URL-10")
        .mayRefuse()
        .collector(CollectorSetup.onIpv6())
        .config(ENDPOINT, "HTTP://[::1]:${port}")
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then("path", TRACES.path(Pattern.compile("/v1/traces")))
        .then("host", TRACES.header("Host", Pattern.compile("\\[::1]:[0-9]+")))
        .build();
  }

  private static ConformanceCase overridden(
      String id,
      String title,
      String generic,
      String poison,
      String forTraces,
      String value,
      String check,
      Check right) {
    return url(id, title)
        .requirement("OTLP-URL-09")
        .config(generic, poison)
        .config(forTraces, value)
        .when(export(work()))
        .control("seen", Requests.allRequests().atLeast(1))
        .then(check.replace(' ', '-').toLowerCase(Locale.ROOT), right)
        .build();
  }

  private static ConformanceCase.Builder url(String id, String title) {
    return Otlp.direct("url", id, title);
  }
}
