package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.awaitTraces;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.release;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.OtlpSpans.sent;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Durations;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.time.Duration;
import java.util.List;

/** The batch span processor: when batches leave, how large they are, what a flush promises. */
final class OtlpBatchCases {

  private static final String DELAY = "OTEL_BSP_SCHEDULE_DELAY";
  private static final String SIZE = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";
  private static final String QUEUE = "OTEL_BSP_MAX_QUEUE_SIZE";
  private static final String EXPORT_TIMEOUT = "OTEL_BSP_EXPORT_TIMEOUT";
  private static final String NEVER = "60000";
  private static final String HOLD = "stalled";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An SDK that waits for this long is seen to do so, and not killed. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private OtlpBatchCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        afterDelay(),
        batchSize(),
        fullBatch(),
        fullQueue(),
        oneAtATime(),
        flushDelivers(),
        exportTimeout(),
        notSampled(),
        invalid("BATCH-009", "A batch size of 0", SIZE, "0"),
        invalid("BATCH-010", "A negative batch size", SIZE, "-1"),
        invalid("BATCH-011", "A batch size that is no number", SIZE, "abc"),
        sizeAboveQueue(),
        flushCoversExport(),
        flushInTime());
  }

  private static ConformanceCase afterDelay() {
    return batch("BATCH-001", "A batch that is not full leaves after the delay")
        .requirement("OTEL-SDK-BSP-01")
        .config(DELAY, "1000")
        .when(emitMany(3, work()), awaitTraces(1, Duration.ofSeconds(4)), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("before-shutdown", TRACES.beforeCommand("shutdown").atLeast(1))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase batchSize() {
    return batch("BATCH-002", "No request has more spans than a batch, and a flush delivers all")
        .requirement("OTEL-SDK-BSP-02")
        .config(SIZE, "10")
        .when(emitMany(25, work()), flush(PATIENCE), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("size", OtlpRequests.spansAtMost(10))
        .then("once", Delivery.everySpanOnce())
        .then("by-the-flush", OtlpRequests.answeredBeforeReply("flush", 1))
        .build();
  }

  private static ConformanceCase fullBatch() {
    return batch("BATCH-003", "A full batch leaves before the delay")
        .requirement("OTEL-SDK-BSP-03")
        .config(DELAY, NEVER)
        .config(SIZE, "10")
        .when(emitMany(10, work()), awaitTraces(1, Duration.ofSeconds(4)), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("before-shutdown", TRACES.beforeCommand("shutdown").atLeast(1))
        .build();
  }

  private static ConformanceCase fullQueue() {
    return batch("BATCH-004", "Spans above the queue are dropped, and their end does not wait")
        .requirement("OTEL-SDK-BSP-04")
        .config(QUEUE, "20")
        .config(SIZE, "10")
        .given(server -> server.answers(
            List.of(server.held(HOLD, CollectorAnswer.accept())), CollectorAnswer.accept()))
        .when(emitMany(200, work()), release(HOLD), flush(PATIENCE), shutdown())
        .control("seen", TRACES.accepted().atLeast(1))
        .then("not-held", Replies.callerNotHeld(1, HOLD))
        // The queue, the batch under way, and one that is being put together.
        .never("bounded", OtlpRequests.deliveredAtMost(40))
        .build();
  }

  private static ConformanceCase oneAtATime() {
    return batch("BATCH-005", "Exports do not overlap")
        .requirement("OTEL-SDK-BSP-05")
        .config(SIZE, "5")
        .given(
            Otlp.always(CollectorAnswer.delayed(Duration.ofMillis(200), CollectorAnswer.accept())))
        .when(emitMany(30, work()), flush(PATIENCE), shutdown())
        .control("several", TRACES.atLeast(6))
        .then("one-at-a-time", OtlpRequests.oneAtATime())
        .build();
  }

  private static ConformanceCase flushDelivers() {
    return batch("BATCH-006", "A flush waits for the collector and tells success and failure")
        .requirement("OTEL-SDK-BSP-06")
        .config(DELAY, NEVER)
        .given(Otlp.first(
            CollectorAnswer.delayed(Duration.ofMillis(500), CollectorAnswer.accept()),
            CollectorAnswer.status(400)))
        .when(emit(root("a")), flush(PATIENCE), emit(root("b")), flush(PATIENCE), shutdown())
        .control("seen", TRACES.atLeast(2))
        .then("waited", Durations.atLeast("flush", 1, Duration.ofMillis(450)))
        .then("success", Replies.result("flush", 1, "success"))
        .then("failure", Replies.result("flush", 2, "failure"))
        .build();
  }

  private static ConformanceCase exportTimeout() {
    return batch("BATCH-007", "The export timeout of the processor ends an export that hangs")
        .requirement("OTEL-SDK-BSP-07")
        .config(Otlp.TIMEOUT, "30000")
        .config(EXPORT_TIMEOUT, "1000")
        .config(DELAY, NEVER)
        .given(Otlp.always(CollectorAnswer.delayed(SLOW, CollectorAnswer.accept())))
        .alone()
        .when(emit(work()), flush(PATIENCE), shutdown(Duration.ofSeconds(40)))
        .control("seen", TRACES.atLeast(1))
        .then("in-time", Durations.atMost("flush", 1, Duration.ofMillis(2_600)))
        .build();
  }

  private static ConformanceCase notSampled() {
    return batch("BATCH-008", "A span that is not sampled is not exported")
        .requirement("OTEL-SDK-BSP-08")
        .when(emit(root("unseen").notSampled(), root("seen")), flush(PATIENCE), shutdown())
        .control("sampled", sent("seen").wholeIds())
        .never("not-sampled", OtlpRequests.neverSent("unseen"))
        .then("once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase invalid(String id, String what, String variable, String value) {
    return batch(id, what + " is warned about and ignored")
        .requirement("OTEL-SDK-BSP-09")
        .mayRefuse()
        .config(variable, value)
        .when(emitMany(5, work()), flush(PATIENCE), shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("warned", Logs.logged("WARN", Otlp.ANY))
        .build();
  }

  private static ConformanceCase sizeAboveQueue() {
    return batch("BATCH-012", "A batch size above that of the queue loses no span")
        .requirement("OTEL-SDK-BSP-09")
        .mayRefuse()
        .config(QUEUE, "10")
        .config(SIZE, "100")
        .when(emitMany(5, work()), flush(PATIENCE), shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("warned", Logs.logged("WARN", Otlp.ANY))
        .build();
  }

  private static ConformanceCase flushCoversExport() {
    return batch("BATCH-013", "A flush waits for an export that is already under way")
        .requirement("OTEL-SDK-BSP-10")
        .config(DELAY, NEVER)
        .config(SIZE, "5")
        .given(
            Otlp.first(CollectorAnswer.delayed(Duration.ofMillis(1_500), CollectorAnswer.accept())))
        .when(
            emitMany(5, work()), awaitTraces(1, Duration.ofSeconds(4)), flush(PATIENCE), shutdown())
        .control("under-way", TRACES.beforeCommand("flush").atLeast(1))
        .then("covered", OtlpRequests.answeredBeforeReply("flush", 1))
        .build();
  }

  private static ConformanceCase flushInTime() {
    return batch("BATCH-014", "A flush with a time limit of a second ends by it")
        .requirement("OTEL-SDK-BSP-11")
        .config(DELAY, NEVER)
        .given(Otlp.always(CollectorAnswer.delayed(SLOW, CollectorAnswer.accept())))
        .alone()
        .when(emit(work()), flush(Duration.ofSeconds(1)), shutdown(Duration.ofSeconds(40)))
        .control("seen", TRACES.atLeast(1))
        .then("in-time", Durations.atMost("flush", 1, Duration.ofMillis(2_600)))
        .build();
  }

  private static ConformanceCase.Builder batch(String id, String title) {
    return Otlp.batch("batch", id, title).budget(Duration.ofMinutes(1));
  }
}
