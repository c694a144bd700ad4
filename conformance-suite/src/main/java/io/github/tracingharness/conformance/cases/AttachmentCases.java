package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Attachments;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Files beside a trace: a reference in the span, the bytes in an upload of their own. */
final class AttachmentCases {

  private static final byte[] CONTENT = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff};
  private static final Pattern REFERENCE = Pattern.compile(
      "mlflow-attachment://[0-9a-f-]{36}\\?content_type=image%2Fpng&trace_id=tr-[0-9a-f]{32}&size=8");

  private AttachmentCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        attached("MLF-ATTACH-001", "in the tracking store", server -> {}),
        attached("MLF-ATTACH-002", "in an upload", Servers::withoutSpanStorage));
  }

  private static ConformanceCase attached(String id, String where, Consumer<CaseServer> server) {
    return conformanceCase(id)
        .title("An attachment of a span %s is a reference there and one upload".formatted(where))
        .family("attachment")
        .requirement("MLF-SEM-ATTACH-01")
        .config("async", false)
        .given(server)
        .when(emit(root("work").attachment("image/png", CONTENT)), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).accepted().atLeast(1))
        .then(
            "reference",
            span("work")
                .attribute(
                    "mlflow.spanInputs",
                    "an object whose file matches " + REFERENCE,
                    v -> REFERENCE.matcher(v.path("file").asText()).matches()))
        .then("one-upload", Attachments.uploadedOnce("work", CONTENT))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }
}
