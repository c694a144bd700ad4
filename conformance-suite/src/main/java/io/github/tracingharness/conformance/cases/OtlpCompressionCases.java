package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.COMPRESSION;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.util.List;

/** Bodies in gzip, in both directions. */
final class OtlpCompressionCases {

  private OtlpCompressionCases() {}

  static List<ConformanceCase> all() {
    return List.of(gzip(), none(), answer(), retried());
  }

  private static ConformanceCase gzip() {
    return compression("COMPRESSION-001", "With gzip the body is gzip and the request says so")
        .requirement("OTLP-CMP-01")
        .config(COMPRESSION, "gzip")
        .when(export(work(), CaseSpan.root("b"), CaseSpan.root("c")))
        .control("seen", TRACES.atLeast(1))
        .then("gzip", OtlpRequests.compressed(true))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase none() {
    return compression("COMPRESSION-002", "With none the body is not compressed")
        .requirement("OTLP-CMP-02")
        .config(COMPRESSION, "none")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("plain", OtlpRequests.compressed(false))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase answer() {
    return compression("COMPRESSION-003", "An answer in gzip that was asked for is understood")
        .requirement("OTLP-CMP-03")
        .given(
            Otlp.always(CollectorAnswer.gzippedIfAccepted(CollectorAnswer.partialSuccess(0, ""))))
        .when(export(work()), export(CaseSpan.root("again")))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 1, "success"))
        .never("not-retried", TRACES.atMost(2))
        .build();
  }

  private static ConformanceCase retried() {
    return compression("COMPRESSION-004", "A retried request in gzip has the same content")
        .requirement("OTLP-CMP-04")
        .config(COMPRESSION, "gzip")
        .given(Otlp.first(CollectorAnswer.status(503)))
        .when(export(work()))
        .control("two-attempts", TRACES.atLeast(2))
        .then("gzip", OtlpRequests.compressed(true))
        .then("same", OtlpRequests.same())
        .build();
  }

  private static ConformanceCase.Builder compression(String id, String title) {
    return Otlp.direct("compression", id, title);
  }
}
