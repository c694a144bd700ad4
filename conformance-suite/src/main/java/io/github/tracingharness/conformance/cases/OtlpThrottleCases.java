package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.Gaps;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;

/**
 * Answers with Retry-After. The wait that is asked for is longer than the first back-off of any
 * exporter known (7.5 seconds), so that none passes by luck, and shorter than the default timeout.
 */
final class OtlpThrottleCases {

  private static final String SECONDS = "OTLP-THR-01";
  private static final Duration ASKED = Duration.ofSeconds(9);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private OtlpThrottleCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        seconds("THROTTLE-001", 429),
        seconds("THROTTLE-002", 503),
        date(),
        zero(),
        unreadable(),
        tooLong(),
        finalAnswer(),
        laterBatches());
  }

  private static ConformanceCase seconds(String id, int status) {
    return throttle(id, "Retry-After in seconds on %d is waited out".formatted(status))
        .requirement(SECONDS)
        .given(Otlp.first(CollectorAnswer.retryAfter(status, "9")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("waited", Gaps.atLeast(1, ASKED))
        .then("delivered", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase date() {
    return throttle("THROTTLE-003", "Retry-After as a date is waited for")
        .requirement("OTLP-THR-02")
        .given(Otlp.first(CollectorAnswer.retryAfterDate(503, ASKED)))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        // A date has whole seconds, so up to one of them is missing.
        .then("waited", Gaps.atLeast(1, ASKED.minusSeconds(1)))
        .then("delivered", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase zero() {
    return throttle("THROTTLE-004", "Retry-After: 0 is retried and delivered")
        .requirement("OTLP-THR-03")
        .given(Otlp.first(CollectorAnswer.retryAfter(503, "0")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("delivered", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase unreadable() {
    return throttle("THROTTLE-005", "A Retry-After that cannot be read leads to the usual back-off")
        .requirement("OTLP-THR-04")
        .given(Otlp.first(CollectorAnswer.retryAfter(503, "soon")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("back-off", Gaps.atLeast(1, Duration.ofMillis(20)))
        .then("delivered", Delivery.everySpanOnce())
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase tooLong() {
    return throttle(
            "THROTTLE-006", "A Retry-After beyond the timeout is neither cut short nor waited for")
        .requirement("OTLP-THR-05")
        .config(Otlp.TIMEOUT, "3000")
        .given(Otlp.first(CollectorAnswer.retryAfter(503, "20")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("no-early-retry", TRACES.atMost(1).or(Gaps.atLeast(1, Duration.ofSeconds(20))))
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .then("in-time", Durations.atMost("export", 1, Duration.ofSeconds(6)))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase finalAnswer() {
    return throttle("THROTTLE-007", "Retry-After does not make 400 retryable")
        .requirement("OTLP-THR-06")
        .given(Otlp.always(CollectorAnswer.retryAfter(400, "1")))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .never("one-request", TRACES.atMost(1))
        .then("failure", Replies.result("export", 1, "failure"))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase laterBatches() {
    return Otlp.batch("throttle", "THROTTLE-008", "A later batch keeps to an earlier Retry-After")
        .requirement("OTLP-THR-07")
        .config("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "5")
        .given(Otlp.first(CollectorAnswer.retryAfter(429, "2")))
        .when(emitMany(10, work()), flush(Duration.ofSeconds(30)), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("waited", Gaps.atLeast(1, Duration.ofSeconds(2)))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase.Builder throttle(String id, String title) {
    return Otlp.direct("throttle", id, title);
  }
}
