package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.awaitTraces;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;

/** Shutdown of the SDK and of the exporter alone. */
final class OtlpShutdownCases {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** The export timeouts of exporter and span processor, one after the other, and one second. */
  private static final Duration FOR_EVER = Duration.ofSeconds(31);

  private OtlpShutdownCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        drains(), waits(), exportAfter(), whileRetrying(), silentCollector(), laterCalls());
  }

  private static ConformanceCase drains() {
    return shutdownCase("SHUTDOWN-001", "When shutdown has returned, the queue is delivered")
        .requirement("OTEL-SDK-SHU-01")
        .config("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10")
        .when(emitMany(25, work()), shutdown(PATIENCE))
        .control("seen", TRACES.atLeast(1))
        .then("once", Delivery.everySpanOnce())
        .then("before-the-return", OtlpRequests.answeredBeforeReply("shutdown", 1))
        .never("nothing-later", Requests.allRequests().afterReplyTo("shutdown").none())
        .build();
  }

  private static ConformanceCase waits() {
    return shutdownCase("SHUTDOWN-002", "Shutdown waits for an export to a slow collector")
        .requirement("OTEL-SDK-SHU-02")
        .config("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "5")
        .given(
            Otlp.first(CollectorAnswer.delayed(Duration.ofMillis(1_500), CollectorAnswer.accept())))
        .when(emitMany(5, work()), awaitTraces(1, Duration.ofSeconds(6)), shutdown(PATIENCE))
        .control("seen", TRACES.atLeast(1))
        .then("waited", OtlpRequests.answeredBeforeReply("shutdown", 1))
        .never("not-given-up", OtlpRequests.noneGivenUp())
        .build();
  }

  private static ConformanceCase exportAfter() {
    return Otlp.direct("shutdown", "SHUTDOWN-003", "Export after shutdown fails and sends nothing")
        .requirement("OTEL-SDK-SHU-03")
        .when(
            export(root("before")),
            shutdown(PATIENCE),
            export(root("one")),
            export(root("two")),
            export(root("three")))
        .control("before", TRACES.accepted().atLeast(1))
        .then("failure", Replies.result("export", 2, "failure"))
        .never("nothing-sent", TRACES.afterReplyTo("shutdown").none())
        .build();
  }

  private static ConformanceCase whileRetrying() {
    return shutdownCase(
            "SHUTDOWN-004", "Shutdown ends although the collector wants to be waited for")
        .requirement("OTEL-SDK-SHU-04")
        .given(Otlp.always(CollectorAnswer.retryAfter(503, "7")))
        .when(emit(work()), shutdown(PATIENCE))
        .control("seen", TRACES.atLeast(1))
        .then("ends", Durations.atMost("shutdown", 1, FOR_EVER))
        .build();
  }

  private static ConformanceCase silentCollector() {
    return shutdownCase("SHUTDOWN-005", "Shutdown ends although the collector is silent")
        .requirement("OTEL-SDK-SHU-05")
        .given(Otlp.always(CollectorAnswer.silent()))
        .when(emit(work()), shutdown(PATIENCE))
        .control("seen", TRACES.atLeast(1))
        .then("ends", Durations.atMost("shutdown", 1, FOR_EVER))
        .build();
  }

  private static ConformanceCase laterCalls() {
    return shutdownCase("SHUTDOWN-006", "Spans, flushes and shutdowns after shutdown are ignored")
        .requirement("OTEL-SDK-SHU-06")
        .when(
            emit(root("before")),
            shutdown(PATIENCE),
            emit(root("a"), root("b"), root("c")),
            flush(),
            shutdown(PATIENCE))
        .control("before", TRACES.accepted().atLeast(1))
        .then("spans-end", Replies.answered("emit", 2))
        .then("flush", Durations.atMost("flush", 1, Duration.ofSeconds(10)))
        .then("second-shutdown", Durations.atMost("shutdown", 2, Duration.ofSeconds(10)))
        .never("nothing-sent", TRACES.afterReplyTo("shutdown").none())
        .build();
  }

  private static ConformanceCase.Builder shutdownCase(String id, String title) {
    return Otlp.batch("shutdown", id, title).budget(Duration.ofMinutes(1));
  }
}
