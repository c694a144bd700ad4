package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Steps.export;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.util.List;

/** Connections: kept alive, and replaced when the collector closed them. */
final class OtlpConnectionCases {

  private OtlpConnectionCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        kept(),
        closed(
            "CONNECTION-002",
            "A connection that was closed as announced does not cost the next batch",
            CollectorAnswer.announcedCloseAfter(CollectorAnswer.accept())),
        closed(
            "CONNECTION-003",
            "A connection that was closed without a word does not cost the next batch",
            CollectorAnswer.closeAfter(CollectorAnswer.accept())));
  }

  private static ConformanceCase kept() {
    return connection("CONNECTION-001", "Several exports share one connection")
        .requirement("OTLP-CON-01")
        .when(export(root("a")), export(root("b")), export(root("c")))
        .control("seen", TRACES.atLeast(3))
        .then("one-connection", OtlpRequests.oneConnection())
        .build();
  }

  private static ConformanceCase closed(String id, String title, CollectorAnswer answer) {
    return connection(id, title)
        .requirement("OTLP-CON-02")
        .given(Otlp.always(answer))
        .when(export(root("a")), export(root("b")), export(root("c")))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 2, "success"))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase.Builder connection(String id, String title) {
    return Otlp.direct("connection", id, title);
  }
}
