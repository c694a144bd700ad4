package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.listenAfter;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.cases.Otlp.Encoding;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Gaps;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is sent again and after what time, and what is not. Waits are bounded from below only. */
final class OtlpRetryCases {

  private static final int[] RETRIED = {429, 502, 503, 504};
  private static final int[] FINAL_4XX = {400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 425};
  private static final int[] FINAL_5XX = {500, 501, 505, 507, 511};

  /** What tells a back-off from an immediate repetition by the HTTP client. */
  private static final Duration BACKOFF = Duration.ofMillis(20);

  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private OtlpRetryCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int i = 0; i < RETRIED.length; i++) {
      cases.add(retried(Encoding.PROTOBUF, "RETRY-%03d".formatted(i + 1), RETRIED[i]));
    }
    cases.add(retried(Encoding.JSON, "RETRY-003", 503));
    cases.add(strategy());
    cases.add(notRetried("RETRY-006", FINAL_4XX));
    cases.add(notRetried("RETRY-007", FINAL_5XX));
    cases.add(exponential());
    cases.add(jitter());
    cases.add(ends());
    cases.add(broken("RETRY-011", "is reset", CollectorAnswer.reset()));
    cases.add(broken("RETRY-012", "is closed", CollectorAnswer.close()));
    cases.add(
        broken("RETRY-013", "ends within the head of the answer", CollectorAnswer.halfHead()));
    cases.add(refused("RETRY-014", Duration.ofMillis(250)));
    cases.add(refused("RETRY-015", Duration.ofMillis(1_500)));
    cases.add(same());
    cases.add(notByTheProcessor());
    return cases;
  }

  private static ConformanceCase retried(Encoding encoding, String id, int status) {
    return encoding
        .direct("retry", id, "The answer %d is retried and then delivered".formatted(status))
        .requirement("OTLP-RTY-01")
        .given(Otlp.first(CollectorAnswer.status(status)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("two-attempts", TRACES.exactly(2))
        .then("success", Replies.result("export", 1, "success"))
        .then("once", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase strategy() {
    return retry("RETRY-005", "An unavailable collector does not cost the batch")
        .requirement("OTLP-RTY-01B")
        .given(Otlp.first(2, CollectorAnswer.status(503)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("delivered", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  /** One export for each status; a status is judged by its own spans, whatever the others do. */
  private static ConformanceCase notRetried(String id, int[] statuses) {
    List<Step> exports = new ArrayList<>();
    Arrays.stream(statuses).forEach(status -> exports.add(export(CaseSpan.root("for-" + status))));
    ConformanceCase.Builder builder = retry(
            id, "Answers of %dxx that are final are not retried".formatted(statuses[0] / 100))
        .requirement("OTLP-RTY-02")
        .given(Otlp.first(Arrays.stream(statuses)
            .mapToObj(CollectorAnswer::status)
            .toArray(CollectorAnswer[]::new)))
        .when(exports.toArray(Step[]::new))
        .control("seen", TRACES.atLeast(statuses.length));
    for (int status : statuses) {
      builder.control("answered-" + status, OtlpRequests.answeredWith(status));
      builder.never("not-" + status, OtlpRequests.notRepeatedAfter(status));
    }
    return builder
        .then("reported", Replies.result("export", 1, "failure"))
        .budget(Duration.ofMinutes(2))
        .build();
  }

  private static ConformanceCase exponential() {
    return retry("RETRY-008", "The waits between attempts grow exponentially")
        .requirement("OTLP-RTY-03")
        .config(Otlp.TIMEOUT, "60000")
        .given(Otlp.first(4, CollectorAnswer.status(503)))
        .when(export(work()))
        .control("four-attempts", TRACES.atLeast(4))
        .then("grow", Gaps.grow())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase jitter() {
    CollectorAnswer no = CollectorAnswer.status(503);
    CollectorAnswer yes = CollectorAnswer.accept();
    return retry("RETRY-009", "The wait before a retry has jitter")
        .requirement("OTLP-RTY-04")
        .given(Otlp.first(no, yes, no, yes, no, yes, no, yes, no, yes, no, yes))
        .when(
            export(CaseSpan.root("a")),
            export(CaseSpan.root("b")),
            export(CaseSpan.root("c")),
            export(CaseSpan.root("d")),
            export(CaseSpan.root("e")),
            export(CaseSpan.root("f")))
        .control("retried", TRACES.atLeast(12))
        .then("differ", Gaps.differAfter(503))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase ends() {
    return retry("RETRY-010", "Attempts come to an end and the failure is reported")
        .requirement("OTLP-RTY-05")
        .given(Otlp.always(CollectorAnswer.status(503)))
        .when(export(work()))
        .control("two-attempts", TRACES.atLeast(2))
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .budget(Duration.ofSeconds(100))
        .build();
  }

  private static ConformanceCase broken(String id, String how, CollectorAnswer answer) {
    return retry(id, "A request whose connection %s is sent again after a back-off".formatted(how))
        .requirement("OTLP-RTY-06")
        .given(Otlp.first(answer))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("again", TRACES.atLeast(2))
        .then("back-off", Gaps.atLeast(1, BACKOFF))
        .then("success", Replies.result("export", 1, "success"))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase refused(String id, Duration listening) {
    return retry(
            id,
            "A collector that is there after %d ms gets the batch".formatted(listening.toMillis()))
        .requirement("OTLP-RTY-07")
        .collector(CollectorSetup.REFUSING)
        .when(listenAfter(listening), export(work()))
        .control("answered", Replies.answered("export", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("success", Replies.result("export", 1, "success"))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase same() {
    return retry("RETRY-016", "A retried request is the same request")
        .requirement("OTLP-RTY-08")
        .given(Otlp.first(2, CollectorAnswer.status(503)))
        .when(export(work().attribute("k", "v"), CaseSpan.child("kid", "work")))
        .control("attempts", TRACES.atLeast(2))
        .then("same", OtlpRequests.same())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase notByTheProcessor() {
    return Otlp.batch(
            "retry", "RETRY-017", "The span processor does not send a refused batch again")
        .requirement("OTLP-RTY-09")
        .given(Otlp.always(CollectorAnswer.status(400)))
        .when(emit(work()), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .build();
  }

  private static ConformanceCase.Builder retry(String id, String title) {
    return Otlp.direct("retry", id, title);
  }
}
