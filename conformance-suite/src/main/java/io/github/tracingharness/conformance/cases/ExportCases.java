package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.observe;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.tag;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Order;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.SizeStatistics;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;

/** One traced call with one child, exported in each mode and into each storage. */
final class ExportCases {

  private static final String EXPORT = "MLF-SEM-EXPORT-01";
  private static final long EVENT_TIME = 1_700_000_000_000_000_000L;

  private ExportCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        uploaded("MLF-EXPORT-001", false),
        uploaded("MLF-EXPORT-002", true),
        stored("MLF-EXPORT-003", false),
        stored("MLF-EXPORT-004", true));
  }

  private static ConformanceCase uploaded(String id, boolean async) {
    return predict(id, async, "to a server without span storage: one start-trace, one upload")
        .given(Servers::withoutSpanStorage)
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .then("one-upload", traceUploads().exactly(1))
        .then("upload-after-start", "MLF-REST-UPLOAD-01", Order.uploadsAfterStart())
        .then("upload-complete", Delivery.uploadsAreComplete())
        .then("sizes", "MLF-SEM-SIZE-01", SizeStatistics.exactSizes("predict"))
        .then("span-count", "MLF-SEM-SIZE-01", SizeStatistics.spanCount("predict", 2))
        .then("percentiles", SizeStatistics.percentilesOrdered("predict"))
        .then("last-active", Replies.lastActiveTrace(1, "predict"))
        .then("tag", tag("predict", "foo").is("bar"))
        .then("child", span("child").childOf("predict"))
        .then("event", event())
        .build();
  }

  private static ConformanceCase stored(String id, boolean async) {
    return predict(id, async, "to a server with span storage: one start-trace, each span once")
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .then("sizes", "MLF-SEM-SIZE-01", SizeStatistics.exactSizes("predict"))
        .then("percentiles", SizeStatistics.percentilesOrdered("predict"))
        .then("last-active", Replies.lastActiveTrace(1, "predict"))
        .then("tag", tag("predict", "foo").is("bar"))
        .then("child", span("child").childOf("predict"))
        .then("event", event())
        .build();
  }

  private static io.github.tracingharness.conformance.check.Check event() {
    return span("child").event("child_event", EVENT_TIME, Map.of("attr1", text("val1")));
  }

  private static ConformanceCase.Builder predict(String id, boolean async, String what) {
    return conformanceCase(id)
        .title("A traced call, %s, %s".formatted(async ? "async" : "sync", what))
        .family("export")
        .requirement(EXPORT)
        .config("async", async)
        .when(
            emit(
                root("predict").inputs("hello").outputs("hello!").tag("foo", "bar"),
                child("child", "predict")
                    .inputs("dummy")
                    .event("child_event", EVENT_TIME, Map.of("attr1", "val1"))),
            observe(),
            shutdown());
  }
}
