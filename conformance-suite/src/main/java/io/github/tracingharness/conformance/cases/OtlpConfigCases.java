package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.COMPRESSION;
import static io.github.tracingharness.conformance.cases.Otlp.TIMEOUT;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES_ENDPOINT;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emitMany;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;

import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;

/** How the values of variables are read: empty, in capitals, unknown, not a number, negative. */
final class OtlpConfigCases {

  private static final String EMPTY = "OTEL-SDK-CFG-01";
  private static final String UNREADABLE = "OTEL-SDK-CFG-05";
  private static final String NEGATIVE = "OTEL-SDK-CFG-05B";
  private static final String DELAY = "OTEL_BSP_SCHEDULE_DELAY";

  private OtlpConfigCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        empty("CONFIG-001", TRACES_ENDPOINT),
        empty("CONFIG-002", TIMEOUT),
        empty("CONFIG-003", COMPRESSION),
        empty("CONFIG-004", Otlp.HEADERS),
        empty("CONFIG-005", Otlp.PROTOCOL),
        emptySize(),
        capitals(),
        unknown(),
        ignored("CONFIG-009", UNREADABLE, TIMEOUT, "abc").mayRefuse().build(),
        ignored("CONFIG-010", UNREADABLE, DELAY, "abc").mayRefuse().build(),
        ignored("CONFIG-011", NEGATIVE, TIMEOUT, "-5").build(),
        ignored("CONFIG-012", NEGATIVE, DELAY, "-5").build(),
        notTrue());
  }

  private static ConformanceCase empty(String id, String variable) {
    return Otlp.direct("config", id, "An empty %s is one that is not set".formatted(variable))
        .requirement(EMPTY)
        .config(Otlp.ENDPOINT, "${endpoint}")
        .config(variable, "")
        .when(export(work()))
        .control("answered", Replies.answered("export", 1))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase emptySize() {
    return Otlp.batch("config", "CONFIG-006", "Empty settings of the span processor are not set")
        .requirement(EMPTY)
        .config("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "")
        .config(DELAY, "")
        .when(emitMany(5, work()), flush(), shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase capitals() {
    return Otlp.direct("config", "CONFIG-007", "GZIP in capitals is gzip")
        .requirement("OTEL-SDK-CFG-03")
        .mayRefuse()
        .config(COMPRESSION, "GZIP")
        .when(export(work()))
        .control("seen", TRACES.atLeast(1))
        .then("gzip", OtlpRequests.compressed(true))
        .build();
  }

  private static ConformanceCase unknown() {
    return Otlp.direct("config", "CONFIG-008", "An unknown compression is warned about and ignored")
        .requirement("OTEL-SDK-CFG-04")
        .config(COMPRESSION, "brotli9")
        .when(export(work()))
        .control("answered", Replies.answered("export", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("plain", OtlpRequests.compressed(false))
        .then("warned", Logs.logged("WARN", Otlp.ANY))
        .build();
  }

  private static ConformanceCase.Builder ignored(
      String id, String requirement, String variable, String value) {
    return Otlp.batch("config", id, "%s=%s is warned about and ignored".formatted(variable, value))
        .requirement(requirement)
        .config(variable, value)
        .when(emitMany(5, work()), flush(), shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("delivered", Delivery.everySpanOnce())
        .then("warned", Logs.logged("WARN", Otlp.ANY));
  }

  private static ConformanceCase notTrue() {
    return Otlp.batch("config", "CONFIG-013", "OTEL_SDK_DISABLED=1 does not disable the SDK")
        .requirement("OTEL-SDK-CFG-06")
        .config("OTEL_SDK_DISABLED", "1")
        .when(emitMany(2, work()), flush(), shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("delivered", Delivery.everySpanOnce())
        .build();
  }
}
