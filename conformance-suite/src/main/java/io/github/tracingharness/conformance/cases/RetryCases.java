package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Order;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is sent again, how often, after what time, and what is not. */
final class RetryCases {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final int[] RETRIED = {408, 429, 500, 502, 503, 504};
  private static final int[] FINAL = {400, 401, 403, 404};
  private static final Duration SECOND = Duration.ofSeconds(1);

  private RetryCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int i = 0; i < RETRIED.length; i++) {
      cases.add(retried("MLF-RETRY-%03d".formatted(i + 1), RETRIED[i]));
    }
    for (int i = 0; i < FINAL.length; i++) {
      cases.add(notRetried("MLF-RETRY-%03d".formatted(i + 11), FINAL[i]));
    }
    cases.add(retryAfter("MLF-RETRY-021", 503));
    cases.add(retryAfter("MLF-RETRY-022", 429));
    cases.add(brokenRetryAfter());
    cases.add(exhausted());
    cases.add(single());
    cases.add(reset());
    cases.add(answerLost());
    cases.add(upload());
    cases.add(spanPost());
    cases.add(retryAfterDate());
    cases.add(retryAfterSwitchedOff());
    cases.add(budget());
    cases.add(defaultWaits());
    cases.add(defaultAttempts());
    return cases;
  }

  private static ConformanceCase retried(String id, int status) {
    return retry(
            id,
            "The answer %d to start-trace is tried again, with the same body".formatted(status),
            3)
        .requirement("MLF-RETRY-SET-01")
        .given(Servers.first(2, Endpoint.START_TRACE, Fault.status(status)))
        .control("seen", STARTS.atLeast(1))
        .then("three-attempts", STARTS.exactly(3))
        .then("same-body", "MLF-RETRY-SAME-01", STARTS.sameBody())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase notRetried(String id, int status) {
    return retry(id, "The answer %d to start-trace is final".formatted(status), 4)
        .requirement("MLF-RETRY-SET-02")
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(status)))
        .control("seen", STARTS.atLeast(1))
        .never("one-attempt", STARTS.atMost(1))
        .then("app-unharmed", "MLF-LIFE-FAIL-05", Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase retryAfter(String id, int status) {
    return retry(
            id,
            "After a %d with Retry-After: 1 the next attempt waits a second".formatted(status),
            3)
        .requirement("MLF-RETRY-AFTER-01")
        .given(Servers.first(1, Endpoint.START_TRACE, Fault.retryAfter(status, 1)))
        .control("tried-again", STARTS.atLeast(2))
        .then("two-attempts", STARTS.exactly(2))
        .then("waited", Order.gapAfter(STARTS, 1, SECOND))
        .then("traces-once", Delivery.everyTraceOnce())
        .alone()
        .build();
  }

  private static ConformanceCase brokenRetryAfter() {
    Fault soon = Fault.status(503, "busy", new Header("Retry-After", "soon"));
    return retry(
            "MLF-RETRY-023", "A Retry-After that says nothing falls back to the usual waiting", 3)
        .requirement("MLF-RETRY-AFTER-02")
        .given(Servers.first(1, Endpoint.START_TRACE, soon))
        .control("seen", STARTS.atLeast(1))
        .then("tried-again", STARTS.exactly(2))
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase exhausted() {
    return retry("MLF-RETRY-024", "Attempts end with the configured number", 3)
        .requirement("MLF-RETRY-LIMIT-01")
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(503)))
        .control("seen", STARTS.atLeast(1))
        .then("three-attempts", STARTS.exactly(3))
        .never("no-upload", "MLF-LIFE-FAIL-02", traceUploads().none())
        .then("app-unharmed", "MLF-LIFE-FAIL-05", Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase single() {
    return retry("MLF-RETRY-025", "One attempt in all means that nothing is tried again", 1)
        .requirement("MLF-RETRY-LIMIT-01")
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(503)))
        .control("seen", STARTS.atLeast(1))
        .never("one-attempt", STARTS.atMost(1))
        .build();
  }

  private static ConformanceCase reset() {
    return retry("MLF-RETRY-026", "A connection that is reset before the answer is tried again", 3)
        .requirement("MLF-RETRY-CONN-01")
        .given(Servers.first(1, Endpoint.START_TRACE, Fault.resetBeforeAnswer()))
        .control("seen", STARTS.atLeast(1))
        .then("tried-again", STARTS.atLeast(2))
        .then("same-body", "MLF-RETRY-SAME-01", STARTS.sameBody())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase answerLost() {
    return retry("MLF-RETRY-027", "A request whose answer was lost is repeated without a change", 3)
        .requirement("MLF-RETRY-SAME-01")
        .given(Servers.first(1, Endpoint.START_TRACE, Fault.handledThen(Fault.resetBeforeAnswer())))
        .control("tried-again", STARTS.atLeast(2))
        .then("same-body", STARTS.sameBody())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase upload() {
    return retry("MLF-RETRY-028", "An upload is tried again with its whole body", 3)
        .requirement("MLF-RETRY-SET-01")
        .given(Servers::withoutSpanStorage)
        .given(Servers.first(2, Endpoint.PUT_ARTIFACT, Fault.status(500)))
        .control("seen", traceUploads().atLeast(1))
        .then("three-attempts", traceUploads().exactly(3))
        .then("same-body", "MLF-RETRY-SAME-01", traceUploads().sameBody())
        .then("one-start", STARTS.exactly(1))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase spanPost() {
    return retry("MLF-RETRY-029", "Spans that go by OTLP are tried again", 3)
        .requirement("MLF-RETRY-SET-01")
        .given(Servers.first(2, Endpoint.OTLP_TRACES, Fault.status(503)))
        .control("seen", requests(Endpoints.OTLP_TRACES).atLeast(1))
        .then("three-attempts", requests(Endpoints.OTLP_TRACES).exactly(3))
        .then("same-body", "MLF-RETRY-SAME-01", requests(Endpoints.OTLP_TRACES).sameBody())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase retryAfterDate() {
    return retry(
            "MLF-RETRY-030", "After a 503 with a date in Retry-After nothing is sent before", 3)
        .requirement("MLF-RETRY-AFTER-01")
        .given(server -> server.script(
            Endpoint.START_TRACE,
            List.of(Fault.retryAfter(503, ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(4))),
            Fault.real()))
        .control("tried-again", STARTS.atLeast(2))
        .then("two-attempts", STARTS.exactly(2))
        // The date was chosen before the session opened.
        .then("waited", Order.gapAfter(STARTS, 1, SECOND))
        .then("traces-once", Delivery.everyTraceOnce())
        .alone()
        .build();
  }

  private static ConformanceCase retryAfterSwitchedOff() {
    return retry("MLF-RETRY-031", "A Retry-After that is not to be obeyed holds nobody", 3)
        .requirement("MLF-RETRY-AFTER-03")
        .config("MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER", "false")
        .given(Servers.first(1, Endpoint.START_TRACE, Fault.retryAfter(503, 60)))
        .control("seen", STARTS.atLeast(1))
        .then("tried-again", STARTS.exactly(2))
        .then("not-held", Durations.atMost("emit", 1, Duration.ofSeconds(6)))
        .then("traces-once", Delivery.everyTraceOnce())
        .alone()
        .build();
  }

  private static ConformanceCase budget() {
    return conformanceCase("MLF-RETRY-032")
        .title("All attempts together end with the budget")
        .family("retry")
        .requirement("MLF-RETRY-BUDGET-01")
        .config("async", false)
        .config("retry.max_attempts", 4)
        .config("retry.base_ms", 2_000)
        .config("retry.budget_ms", 2_000)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(503)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(1))
        .then("ended", Durations.atMost("emit", 1, Duration.ofSeconds(6)))
        .then("app-unharmed", "MLF-LIFE-FAIL-05", Replies.answered("emit", 1))
        .alone()
        .build();
  }

  private static ConformanceCase defaultWaits() {
    return conformanceCase("MLF-RETRY-033")
        .title("By default the first retry follows at once and the second after four seconds")
        .family("retry")
        .requirement("MLF-RETRY-WAIT-01")
        .config("async", false)
        .given(Servers.first(2, Endpoint.START_TRACE, Fault.status(503)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(2))
        .then("three-attempts", STARTS.exactly(3))
        .then("second-waits", Order.gapAfter(STARTS, 2, Duration.ofSeconds(4)))
        .then("first-does-not", Durations.atMost("emit", 1, Duration.ofMillis(7_500)))
        .alone()
        .build();
  }

  private static ConformanceCase defaultAttempts() {
    return conformanceCase("MLF-RETRY-034")
        .title("By default eight attempts are made")
        .family("retry")
        .requirement("MLF-RETRY-WAIT-01")
        .config("async", false)
        .config("retry.base_ms", 0)
        .given(Servers.always(Endpoint.START_TRACE, Fault.status(503)))
        .when(emit(root("work").inputs("in")), shutdown())
        .control("seen", STARTS.atLeast(2))
        .then("eight-attempts", STARTS.exactly(8))
        .then("app-unharmed", "MLF-LIFE-FAIL-05", Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase.Builder retry(String id, String title, int attempts) {
    return conformanceCase(id)
        .title(title)
        .family("retry")
        .config("async", false)
        .config("retry.max_attempts", attempts)
        .config("retry.base_ms", 0)
        .when(emit(root("work").inputs("in")), shutdown());
  }
}
