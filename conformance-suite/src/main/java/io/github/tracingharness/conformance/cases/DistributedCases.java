package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Shapes;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/** A trace that goes on in another process. */
final class DistributedCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final Requests SPANS = requests(Endpoints.OTLP_TRACES);
  private static final String CONTINUED = "MLF-SEM-REMOTE-02";
  private static final String CONTINUED_BY_DEFAULT = "MLF-SEM-REMOTE-03";
  private static final String REMOTE_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String REMOTE_SPAN = "b7ad6b7169203331";

  private DistributedCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        headers(),
        continued("MLF-REMOTE-002", CONTINUED, "traceparent", "sync")
            .config("async", false)
            .build(),
        continued("MLF-REMOTE-003", CONTINUED, "Traceparent", "whatever the header's case")
            .config("async", false)
            .build(),
        continued("MLF-REMOTE-004", CONTINUED_BY_DEFAULT, "traceparent", "in the SDK's own mode")
            .build(),
        unsampled());
  }

  private static ConformanceCase headers() {
    return remote("MLF-REMOTE-001", "The headers for another process name trace and span")
        .requirement("MLF-SEM-REMOTE-01")
        .when(
            emit(root("work").inputs("in"), child("call", "work").tell("headers")),
            flush(),
            shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("traceparent", Replies.headersNameTheSpan("call"))
        .build();
  }

  private static ConformanceCase.Builder continued(
      String id, String requirement, String header, String how) {
    String parent = "00-%s-%s-01".formatted(REMOTE_TRACE, REMOTE_SPAN);
    return remote(id, "Spans of a continued trace arrive below the remote span, " + how)
        .requirement(requirement)
        .when(
            emit(root("serve").remoteParent(header, parent).inputs("in"), child("part", "serve")),
            flush(),
            shutdown())
        .control("seen", SPANS.accepted().atLeast(1))
        .then("spans-once", Delivery.everySpanOnce())
        .then("parent", span("serve").childOfRemote(REMOTE_SPAN))
        .then("child", span("part").childOf("serve"))
        .then("trace", Shapes.traceHex("serve", REMOTE_TRACE))
        .never("no-start", STARTS.none());
  }

  private static ConformanceCase unsampled() {
    String parent = "00-%s-%s-00".formatted(REMOTE_TRACE, REMOTE_SPAN);
    return remote("MLF-REMOTE-005", "A trace that the other process does not sample is not sent")
        .requirement("MLF-SEM-REMOTE-04")
        .config("async", false)
        .when(
            emit(root("serve").remoteParent("traceparent", parent).inputs("in")),
            emit(root("own").inputs("in")),
            flush(),
            shutdown())
        .control("own", STARTS.ofTrace("own").exactly(1))
        .never("no-span", Shapes.noSpanOf(REMOTE_TRACE))
        .never("one-start", STARTS.exactly(1))
        .build();
  }

  private static ConformanceCase.Builder remote(String id, String title) {
    return conformanceCase(id).title(title).family("remote");
  }
}
