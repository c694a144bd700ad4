package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.cases.Otlp.Encoding;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What an exporter makes of answers: successes, partial ones, refusals, damaged ones. */
final class OtlpResponseCases {

  /** Field 99 of the response, a text. */
  private static final byte[] FUTURE_FIELD = {(byte) 0x9a, 0x06, 3, 'n', 'e', 'w'};

  private static final String FUTURE_JSON = "{\"futureField\": {\"a\": [1, null]}}";
  private static final Pattern MESSAGE = Pattern.compile("XYZZY");

  private OtlpResponseCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Encoding encoding : Encoding.values()) {
      cases.add(success(encoding));
      cases.add(partial(encoding));
      cases.add(warning(encoding));
      cases.add(emptyPartial(encoding));
      cases.add(unreadable(encoding));
      cases.add(unknownField(encoding));
    }
    cases.add(webPage());
    cases.add(halfHead());
    cases.add(redirect("RESPONSE-009", 307));
    cases.add(redirect("RESPONSE-010", 302));
    cases.add(chunked());
    cases.add(refusalIsLogged());
    cases.add(otherSuccess("RESPONSE-013", 202));
    cases.add(otherSuccess("RESPONSE-014", 204));
    cases.add(notQueuedAgain());
    cases.add(tooLargeRequest());
    cases.add(tooLargeAnswer());
    cases.add(bomb());
    cases.add(nothingThrows());
    return cases;
  }

  private static ConformanceCase success(Encoding encoding) {
    return response(encoding, "RESPONSE-001", "An empty answer of status 200 is success, silently")
        .requirement("OTLP-RSP-01")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 1, "success"))
        .never("quiet", Logs.notLogged("WARN", Otlp.ANY))
        .never("one-request", TRACES.atMost(1))
        .build();
  }

  private static ConformanceCase partial(Encoding encoding) {
    return response(encoding, "RESPONSE-002", "A partial success is not retried")
        .requirement("OTLP-RSP-02")
        .given(Otlp.first(CollectorAnswer.partialSuccess(1, "refused: XYZZY")))
        .when(export(work(), root("other")))
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .then("told", "OTLP-RSP-02B", Logs.logged("WARN", MESSAGE))
        .build();
  }

  private static ConformanceCase warning(Encoding encoding) {
    return response(encoding, "RESPONSE-003", "A message without a rejected span is a success")
        .requirement("OTLP-RSP-03")
        .given(Otlp.first(CollectorAnswer.partialSuccess(0, "slow down: XYZZY")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 1, "success"))
        .never("one-request", TRACES.atMost(1))
        .build();
  }

  private static ConformanceCase emptyPartial(Encoding encoding) {
    return response(encoding, "RESPONSE-004", "An empty partial success is a full one")
        .requirement("OTLP-RSP-04")
        .given(Otlp.first(CollectorAnswer.partialSuccess(0, "")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 1, "success"))
        .never("quiet", Logs.notLogged("WARN", Otlp.ANY))
        .build();
  }

  private static ConformanceCase unreadable(Encoding encoding) {
    return response(
            encoding, "RESPONSE-005", "An answer of status 200 that is damaged harms nothing")
        .requirement("OTLP-RSP-05")
        .given(Otlp.first(CollectorAnswer.encoded(
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0x7f},
            "{\"partialSuccess\": [")))
        .when(export(work()), export(root("next")))
        .control("seen", TRACES.atLeast(1))
        .never("not-retried", TRACES.atMost(2))
        .then("goes-on", Replies.result("export", 2, "success"))
        .build();
  }

  private static ConformanceCase unknownField(Encoding encoding) {
    return response(encoding, "RESPONSE-006", "Unknown fields of an answer are ignored")
        .requirement(encoding == Encoding.JSON ? "OTLP-JSN-07" : "OTLP-RSP-07")
        .given(Otlp.always(CollectorAnswer.encoded(FUTURE_FIELD, FUTURE_JSON)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("success", Replies.result("export", 1, "success"))
        .never("one-request", TRACES.atMost(1))
        .build();
  }

  private static ConformanceCase webPage() {
    String page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    return response("RESPONSE-007", "A web page in place of an answer is not taken in silence")
        .requirement("OTLP-RSP-06")
        .given(
            Otlp.always(CollectorAnswer.body("text/html", page.getBytes(StandardCharsets.UTF_8))))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then(
            "not-silent", Replies.result("export", 1, "failure").or(Logs.logged("WARN", Otlp.ANY)))
        .build();
  }

  private static ConformanceCase halfHead() {
    return response("RESPONSE-008", "Half of an answer's head is no success")
        .requirement("OTLP-RSP-09")
        .config(Otlp.TIMEOUT, "2000")
        .given(Otlp.always(CollectorAnswer.halfHead()))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .build();
  }

  private static ConformanceCase redirect(String id, int status) {
    return response(id, "After %d success means that the batch was posted there".formatted(status))
        .requirement("OTLP-RSP-10")
        .given(Otlp.first(CollectorAnswer.redirect(status, "/moved")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then(
            "no-false-success", Replies.result("export", 1, "failure").or(Delivery.everySpanOnce()))
        .build();
  }

  private static ConformanceCase chunked() {
    return response("RESPONSE-011", "A chunked answer is read, and the connection lives on")
        .requirement("OTLP-RSP-11")
        .given(Otlp.first(CollectorAnswer.chunkedDripping(Duration.ofMillis(20))))
        .when(export(work()), export(root("next")))
        .control("seen", TRACES.atLeast(2))
        .then("success", Replies.result("export", 1, "success"))
        .then("same-connection", OtlpRequests.oneConnection())
        .build();
  }

  private static ConformanceCase refusalIsLogged() {
    return response("RESPONSE-012", "A refused batch is logged")
        .requirement("OTLP-RSP-12")
        .given(Otlp.always(CollectorAnswer.statusMessage(400, "bad XYZZY")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("logged", Logs.logged("WARN", Otlp.ANY))
        .then("also-errors", "OTLP-ERR-03", Logs.logged("WARN", Otlp.ANY))
        .build();
  }

  private static ConformanceCase otherSuccess(String id, int status) {
    return response(id, "The answer %d is not retried".formatted(status))
        .requirement("OTLP-RSP-13")
        .given(Otlp.always(CollectorAnswer.status(status)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .build();
  }

  private static ConformanceCase notQueuedAgain() {
    return Otlp.batch(
            "response", "RESPONSE-015", "Refused spans do not come again with the next batch")
        .requirement("OTLP-RSP-14")
        .given(Otlp.first(CollectorAnswer.status(400)))
        .when(emit(root("refused")), flush(), emit(root("next")), flush(), shutdown())
        .control("refused", OtlpRequests.answeredWith(400))
        .control("next", TRACES.accepted().atLeast(1))
        .never("dropped", OtlpRequests.notRepeatedAfter(400))
        .build();
  }

  private static ConformanceCase tooLargeRequest() {
    return response("RESPONSE-016", "A request above 64 MiB is not made, and the drop is reported")
        .requirement("OTLP-SIZ-01")
        .when(export(root("small")), Steps.exportPadded(root("large"), 70 << 20))
        .control("small", TRACES.accepted().atLeast(1))
        .never("not-sent", OtlpRequests.noConnectionEvent("too-large"))
        .then("failure", Replies.result("export", 2, "failure"))
        .budget(Duration.ofSeconds(90))
        .build();
  }

  private static ConformanceCase tooLargeAnswer() {
    return response("RESPONSE-017", "An answer of 128 MiB is a failure that is not retried")
        .requirement("OTLP-SIZ-02")
        .given(Otlp.first(CollectorAnswer.huge(128 << 20)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .then("failure", Replies.result("export", 1, "failure"))
        .budget(Duration.ofMinutes(1))
        .build();
  }

  private static ConformanceCase bomb() {
    return response(
            "RESPONSE-018", "An answer that unpacks to 128 MiB is a failure that is not retried")
        .requirement("OTLP-SIZ-02")
        .given(Otlp.first(CollectorAnswer.gzippedIfAccepted(CollectorAnswer.huge(128 << 20))))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .then("failure", Replies.result("export", 1, "failure"))
        .budget(Duration.ofMinutes(1))
        .build();
  }

  private static ConformanceCase nothingThrows() {
    return Otlp.batch(
            "response", "RESPONSE-019", "No failure of a collector reaches the application")
        .requirement("OTLP-ERR-02")
        .config(Otlp.TIMEOUT, "2000")
        .given(server -> server.answers(
            List.of(
                CollectorAnswer.status(500),
                CollectorAnswer.statusMessage(400, "no"),
                CollectorAnswer.body("text/html", new byte[] {'<'}),
                CollectorAnswer.shortBody()),
            CollectorAnswer.reset()))
        .when(
            emit(root("a")),
            flush(),
            emit(root("b")),
            flush(),
            emit(root("c")),
            flush(),
            emit(root("d")),
            flush(),
            emit(root("e")),
            shutdown(Duration.ofSeconds(30)))
        .control("seen", TRACES.atLeast(4))
        .then("flushed", Replies.answered("flush", 4))
        .then("shut-down", Replies.answered("shutdown", 1))
        .build();
  }

  private static ConformanceCase.Builder response(String id, String title) {
    return response(Encoding.PROTOBUF, id, title);
  }

  private static ConformanceCase.Builder response(Encoding encoding, String id, String title) {
    return encoding.direct("response", id, title);
  }
}
