package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.TIMEOUT;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.export;

import io.github.tracingharness.conformance.check.Check;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;

/** The export timeout. Cases with an upper bound on a short time run alone. */
final class OtlpTimeoutCases {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  /** 0.6 seconds for the network and the scheduler, and 1 second for the cold start of a JVM. */
  private static final Duration TOLERANCE = Duration.ofMillis(1_600);

  /** An exporter that waits for this long is seen to do so, and not killed. */
  private static final Duration SLOW = Duration.ofSeconds(8);

  private OtlpTimeoutCases() {}

  static List<ConformanceCase> all() {
    return List.of(attempt(), whole(), dripping(), zero(), bounded(), signalWins());
  }

  private static ConformanceCase attempt() {
    return timeout("TIMEOUT-001", "An attempt that is not answered is given up after the timeout")
        .requirement("OTLP-TMO-01")
        .config(TIMEOUT, "1500")
        .given(Otlp.first(CollectorAnswer.delayed(SLOW, CollectorAnswer.accept())))
        .alone()
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("given-up", givenUp(1_500))
        // An exporter may try again, even beyond the timeout.
        .then(
            "failure",
            Replies.result("export", 1, "failure", "timeout").or(Delivery.everySpanOnce()))
        .build();
  }

  private static Check givenUp(long millis) {
    return Durations.firstRequestGivenUp(
        Duration.ofMillis(millis * 4 / 5), Duration.ofMillis(millis).plus(TOLERANCE));
  }

  private static ConformanceCase whole() {
    return timeout("TIMEOUT-002", "The timeout bounds the whole export with its retries")
        .requirement("OTLP-TMO-02")
        .config(TIMEOUT, "3000")
        // Not for ever: an exporter without such a bound goes on for a minute and more.
        .given(Otlp.first(
            3, CollectorAnswer.delayed(Duration.ofMillis(1_100), CollectorAnswer.status(503))))
        .alone()
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("in-time", Durations.atMost("export", 1, Duration.ofSeconds(4)))
        .build();
  }

  private static ConformanceCase dripping() {
    return timeout("TIMEOUT-003", "The timeout bounds an answer that comes byte by byte")
        .requirement("OTLP-TMO-03")
        .config(TIMEOUT, "1500")
        .given(Otlp.always(CollectorAnswer.dripping(Duration.ofSeconds(6), Duration.ofMillis(300))))
        .alone()
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("given-up", givenUp(1_500))
        .build();
  }

  private static ConformanceCase zero() {
    return timeout("TIMEOUT-004", "A timeout of 0 waits for a slow answer")
        .requirement("OTLP-TMO-04")
        .mayRefuse()
        .config(TIMEOUT, "0")
        .given(Otlp.always(
            CollectorAnswer.delayed(Duration.ofMillis(1_200), CollectorAnswer.accept())))
        .when(export(work()))
        .control("answered", Replies.answered("export", 1))
        .then("success", Replies.result("export", 1, "success"))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase bounded() {
    return timeout("TIMEOUT-005", "A silent collector does not hold an export for ever")
        .requirement("OTLP-TMO-05")
        .given(Otlp.always(CollectorAnswer.silent()))
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("failure", Replies.result("export", 1, "failure", "timeout"))
        .then("in-time", "OTLP-TMO-02", Durations.atMost("export", 1, Duration.ofMillis(11_500)))
        .budget(PATIENCE)
        .build();
  }

  private static ConformanceCase signalWins() {
    return timeout("TIMEOUT-006", "The timeout for traces wins over the generic one")
        .requirement("OTEL-SDK-CFG-02")
        .config(TIMEOUT, "60000")
        .config(Otlp.TRACES_TIMEOUT, "1000")
        .given(Otlp.first(CollectorAnswer.delayed(SLOW, CollectorAnswer.accept())))
        .alone()
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("given-up", givenUp(1_000))
        .build();
  }

  private static ConformanceCase.Builder timeout(String id, String title) {
    return Otlp.direct("timeout", id, title).budget(Duration.ofSeconds(65));
  }
}
